/**
 * Roots in a token that speaks PKCS#11: a hardware security module, a smart card, SoftHSM.
 *
 * <p>Starting point: {@link io.byok.platform.seal.pkcs11.Pkcs11Key}.
 */
@NullMarked
package io.byok.platform.seal.pkcs11;

import org.jspecify.annotations.NullMarked;
