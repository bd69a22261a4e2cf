package io.byok.platform.seal;

import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * Signs the states of the audit logs: Ed25519 (RFC 8032) in C2SP signed notes. The seed lies in the keyring, made once,
 * wrapped under the platform's own key of the events chain, because the side that builds the logs has no other; it is
 * unwrapped for one signature and wiped. It signs nothing but states of logs: a certificate has another key.
 */
public final class CheckpointSigner {

    private final Keyring keyring;

    public CheckpointSigner(Keyring keyring) {
        this.keyring = keyring;
    }

    /** Makes the key when there is none. For a node that may write to the keyring, before another one needs it. */
    public void prepare() {
        keyring.checkpointKey();
    }

    /** Who signs a log: its origin, and the public key. Stable for the life of the installation. */
    public NoteKey key(String origin) {
        return withSeed(seed -> NoteKey.ed25519(
                origin,
                new Ed25519PrivateKeyParameters(seed, 0).generatePublicKey().getEncoded()));
    }

    /** The text, signed in the name of its log. @throws KeysUnavailable when the key cannot be reached now */
    public String sign(String origin, String text) {
        return SignedNote.write(text, key(origin), withSeed(seed -> sign(seed, SignedNote.bytes(text))));
    }

    private static byte[] sign(byte[] seed, byte[] message) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, new Ed25519PrivateKeyParameters(seed, 0));
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    private <R> R withSeed(Function<byte[], R> use) {
        Optional<SealingKey> taken = keyring.take(keyring.checkpointKey());
        try (SealingKey key = taken.orElseThrow(() -> new KeysUnavailable("the signing key is missing", null))) {
            return key.exposeForUse(use);
        }
    }
}
