/**
 * Handing out secrets: which key, recorded before it leaves, on the data plane and on the control plane.
 *
 * <p>Starting points: {@link io.byok.command.use.Resolver}, {@link io.byok.command.use.UseLedger}.
 */
@NullMarked
package io.byok.command.use;

import org.jspecify.annotations.NullMarked;
