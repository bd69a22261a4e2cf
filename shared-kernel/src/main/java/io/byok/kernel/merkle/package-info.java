/** Plain RFC 6962 Merkle trees: hashes, roots, proofs and their verification. Nothing in here knows what a leaf says. */
@NullMarked
package io.byok.kernel.merkle;

import org.jspecify.annotations.NullMarked;
