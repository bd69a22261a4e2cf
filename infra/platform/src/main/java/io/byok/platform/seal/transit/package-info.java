/**
 * Roots in the Transit engine of HashiCorp Vault or OpenBao, over its HTTP interface.
 *
 * <p>Starting point: {@link io.byok.platform.seal.transit.TransitKey}.
 */
@NullMarked
package io.byok.platform.seal.transit;

import org.jspecify.annotations.NullMarked;
