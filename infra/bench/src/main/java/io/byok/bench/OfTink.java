package io.byok.bench;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;

/** Tink's AES-256-GCM: one key, random nonces, a key id in front. No commitment, no key per message. */
final class OfTink implements Aead {

    private final com.google.crypto.tink.Aead aead;

    OfTink() throws GeneralSecurityException {
        AeadConfig.register();
        aead = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM)
                .getPrimitive(RegistryConfiguration.get(), com.google.crypto.tink.Aead.class);
    }

    @Override
    public byte[] seal(byte[] plaintext) throws GeneralSecurityException {
        return aead.encrypt(plaintext, RawAesGcm.ASSOCIATED_DATA);
    }

    @Override
    public byte[] open(byte[] sealed) throws GeneralSecurityException {
        return aead.decrypt(sealed, RawAesGcm.ASSOCIATED_DATA);
    }
}
