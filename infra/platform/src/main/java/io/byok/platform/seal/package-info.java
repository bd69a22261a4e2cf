/**
 * Sealing: everything that turns bytes into sealed bytes and back, and the chain of keys it takes.
 *
 * <p>Four levels. L0, the root, lies with a {@link io.byok.platform.seal.KekProvider} outside the database. It wraps L1,
 * one {@linkplain io.byok.platform.seal.TenantKeks key-encryption key per tenant and chain}. That wraps L2, the
 * {@linkplain io.byok.platform.seal.Keyring random data keys} per end user, audit year or credential. From a data key
 * {@link io.byok.platform.seal.Suite1} derives L3, a key for one message, and seals it.
 *
 * <p>Starting points: {@link io.byok.platform.seal.Suite1} for the format, {@link io.byok.platform.seal.Aad} for what a
 * seal is bound to, {@link io.byok.platform.seal.Sealer} and {@link io.byok.platform.seal.Opener} for use. With the
 * vault this is the only package that touches {@code javax.crypto}.
 */
@NullMarked
package io.byok.platform.seal;

import org.jspecify.annotations.NullMarked;
