package io.byok.platform.seal;

import io.byok.kernel.TenantId;
import java.security.InvalidKeyException;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed hashes to find a thing by, without storing it: equal for equal values of one tenant and purpose, and telling
 * nothing to whoever lacks the tenant's look-up key. HMAC-SHA256.
 *
 * <p>Not for passwords, and no pseudonym by itself: who holds the key can test a guess.
 */
public final class LookupHash {

    private final Keyring keyring;

    public LookupHash(Keyring keyring) {
        this.keyring = keyring;
    }

    /**
     * 32 bytes.
     *
     * @param purpose a stable word, such as {@code user-id}; hashes for different purposes never meet
     * @param value lent
     * @throws KeysUnavailable when the tenant's look-up key cannot be reached now
     */
    public byte[] hash(TenantId tenant, String purpose, byte[] value) {
        DataKeyRef ref = keyring.lookupKey(tenant);
        try (SealingKey key = keyring.take(ref).orElseThrow(() -> new Sealer.KeyDestroyed(ref.id()))) {
            return hash(key, purpose, value);
        }
    }

    static byte[] hash(SealingKey key, String purpose, byte[] value) {
        return Primitives.lend(primitives -> {
            try {
                primitives.hmacSha256.init(key.exposeForUse(secret -> new SecretKeySpec(secret, "HmacSHA256")));
                primitives.hmacSha256.update(Fields.encode(Fields.text(purpose)));
                // The value goes last and alone, so it needs no length; and no copy of it is made.
                return primitives.hmacSha256.doFinal(value);
            } catch (InvalidKeyException bug) {
                throw new IllegalStateException("HMAC refused 32 bytes", bug);
            }
        });
    }
}
