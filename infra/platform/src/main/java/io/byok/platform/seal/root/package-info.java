/**
 * Which provider holds the roots, and what stands around one that is beyond the network.
 *
 * <p>Starting points: {@link io.byok.platform.seal.root.RootChoice}, from the setting to the roots; {@link
 * io.byok.platform.seal.root.RootFactory}, what a provider brings; {@link io.byok.platform.seal.root.RemoteRoot}, which
 * makes a {@link io.byok.platform.seal.KekProvider} of a {@link io.byok.platform.seal.root.RemoteKey}.
 */
@NullMarked
package io.byok.platform.seal.root;

import org.jspecify.annotations.NullMarked;
