package io.byok.platform.seal;

import io.byok.kernel.TenantId;
import java.security.InvalidKeyException;
import javax.crypto.Mac;

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
        return Primitives.lend(primitives -> key.exposeForUse(secret -> {
            Mac hmac = primitives.hmacSha256;
            try {
                hmac.init(new MacKey(secret));
                hmac.update(Fields.encode(Fields.text(purpose)));
                // The value goes last and alone, so it needs no length; and no copy of it is made.
                byte[] hash = hmac.doFinal(value);
                hmac.init(MacKey.BLANK); // it would keep the key, padded, until the next one
                return hash;
            } catch (InvalidKeyException bug) {
                throw new IllegalStateException("HMAC refused 32 bytes", bug);
            }
        }));
    }
}
