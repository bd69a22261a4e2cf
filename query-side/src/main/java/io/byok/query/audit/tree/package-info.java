/**
 * The audit logs as Merkle trees: leaves and tiles written by the audit projector, checkpoints signed beside it, proofs and
 * exports read from them.
 */
@NullMarked
package io.byok.query.audit.tree;

import org.jspecify.annotations.NullMarked;
