/**
 * Axon as a shell: the one door to the command bus, and how the shells are wired. Nothing else sends commands.
 *
 * <p>Starting point: {@link io.byok.command.bus.Commands}.
 */
@NullMarked
package io.byok.command.bus;

import org.jspecify.annotations.NullMarked;
