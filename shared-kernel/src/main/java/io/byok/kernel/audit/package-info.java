/** What the audit log holds: canonical leaves, and checkpoints as text. docs/audit.md is the contract. */
@NullMarked
package io.byok.kernel.audit;

import org.jspecify.annotations.NullMarked;
