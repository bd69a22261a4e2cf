/** What is on record although nothing was changed by it: refused commands, reads of the audit, replays. */
@NullMarked
package io.byok.kernel.trail;

import org.jspecify.annotations.NullMarked;
