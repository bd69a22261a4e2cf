/**
 * Erasing an end user: everything that opens what is known of them is destroyed, every store says that nothing is left in
 * it, and a signed certificate says all of that. Three commits, each of which leaves something whole to go on from.
 *
 * <p>Starting points: {@link io.byok.command.erase.ErasureSaga}, {@link io.byok.command.erase.ErasureController}.
 */
@NullMarked
package io.byok.command.erase;

import org.jspecify.annotations.NullMarked;
