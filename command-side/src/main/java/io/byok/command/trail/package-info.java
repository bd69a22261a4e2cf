/** Puts on record what was asked for and changed nothing: refused commands, reads of the audit, replays. */
@NullMarked
package io.byok.command.trail;

import org.jspecify.annotations.NullMarked;
