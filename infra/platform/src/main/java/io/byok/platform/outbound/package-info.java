/**
 * The only way out to the network. Whoever calls a provider goes through {@link io.byok.platform.outbound.Outbound}, which
 * sends nothing to an address that is not public, whatever a name says, and trusts nothing that comes back.
 */
@NullMarked
package io.byok.platform.outbound;

import org.jspecify.annotations.NullMarked;
