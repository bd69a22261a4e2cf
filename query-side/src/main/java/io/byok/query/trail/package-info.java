/** Puts on record who read the audit and who replayed history. Everything that reads the audit is itself audited. */
@NullMarked
package io.byok.query.trail;

import org.jspecify.annotations.NullMarked;
