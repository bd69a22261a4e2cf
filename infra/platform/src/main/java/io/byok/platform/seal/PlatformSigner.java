package io.byok.platform.seal;

import java.util.function.Function;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * Signs in the name of this installation: Ed25519 (RFC 8032). The seed lies in the keyring, wrapped under the platform's
 * own key of the credentials chain; it is unwrapped for one signature and wiped. Whoever has the root can sign, too.
 */
public final class PlatformSigner {

    private final Keyring keyring;

    public PlatformSigner(Keyring keyring) {
        this.keyring = keyring;
    }

    /** Who signs: a name for people and the public key. Stable for the life of the installation. */
    public NoteKey key(String name) {
        return withSeed(seed -> NoteKey.ed25519(
                name,
                new Ed25519PrivateKeyParameters(seed, 0).generatePublicKey().getEncoded()));
    }

    /** The text, signed as {@code name}. @throws KeysUnavailable when the key cannot be reached now */
    public String sign(String name, String text) {
        NoteKey key = key(name);
        return SignedNote.write(text, key, withSeed(seed -> sign(seed, SignedNote.bytes(text))));
    }

    private static byte[] sign(byte[] seed, byte[] message) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, new Ed25519PrivateKeyParameters(seed, 0));
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    private <R> R withSeed(Function<byte[], R> use) {
        DataKeyRef ref = keyring.signingKey();
        try (SealingKey key = keyring.take(ref).orElseThrow(() -> new KeyMissing(ref.id()))) {
            return key.exposeForUse(use);
        }
    }
}
