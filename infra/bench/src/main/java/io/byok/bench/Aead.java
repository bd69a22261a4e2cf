package io.byok.bench;

import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.platform.seal.Aad;
import io.byok.platform.seal.DataKeyKind;
import io.byok.platform.seal.DataKeyRef;
import io.byok.platform.seal.Opener;
import io.byok.platform.seal.Sealer;
import io.byok.platform.seal.SealingKey;
import java.security.GeneralSecurityException;
import java.util.UUID;

/** Authenticated encryption by one implementation, under one key, with the same associated data for all. */
interface Aead {

    byte[] seal(byte[] plaintext) throws GeneralSecurityException;

    byte[] open(byte[] sealed) throws GeneralSecurityException;

    /** The implementation with this name, under a fresh key. */
    static Aead of(String name) throws GeneralSecurityException {
        return switch (name) {
            case "suite1" -> new OfSuite1();
            case "jdk" -> RawAesGcm.ofJdk();
            case "bouncycastle" -> RawAesGcm.ofBouncyCastle();
            case "tink" -> new OfTink();
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Ours, as the vault calls it: per message a salt, a derived key, a commitment, a place. */
    final class OfSuite1 implements Aead {

        private final TenantId tenant = new TenantId(UUID.randomUUID());
        private final UUID id = UUID.randomUUID();
        private final DataKeyRef ref = new DataKeyRef(tenant, DataKeyKind.CREDENTIAL, id, id, 1);
        private final SealingKey key = SealingKey.random(id, 1);
        private final SubjectId subject = new SubjectId(UUID.randomUUID());
        private final KeyId owner = new KeyId(id);

        private Aad place() {
            return Aad.secret(tenant, subject, owner, 1, "apiKey");
        }

        @Override
        public byte[] seal(byte[] plaintext) {
            return Sealer.seal(ref, key, place(), plaintext);
        }

        @Override
        public byte[] open(byte[] sealed) {
            return Opener.open(ref, key, sealed, place());
        }
    }
}
