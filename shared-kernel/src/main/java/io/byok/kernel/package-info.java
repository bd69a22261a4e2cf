/**
 * The language both sides speak: identifiers, the contract of a decider, business refusals, and the sealed families of
 * events (one package each). Imports {@code java.*} and JSpecify only.
 *
 * <p>Starting points: {@link io.byok.kernel.Decider}, {@link io.byok.kernel.Envelope},
 * {@link io.byok.kernel.key.KeyEvent}.
 */
@NullMarked
package io.byok.kernel;

import org.jspecify.annotations.NullMarked;
