package io.byok.platform.seal;

import io.byok.kernel.audit.Checkpoint;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * Signs the states of the audit logs: Ed25519 (RFC 8032) in C2SP signed notes. The seed lies in the keyring, made once,
 * wrapped under the platform's own key of the events chain, because the side that builds the logs has no other; it is
 * unwrapped for one signature and wiped. It signs nothing but states of logs and reports of replays: a certificate has
 * another key.
 *
 * <p>A second signature, for the day on which Ed25519 can be forged: a cosignature of the log itself by ML-DSA-44 (C2SP
 * tlog-cosignature), with a seed of its own beside the other one. Who does not know it passes over it.
 */
public final class CheckpointSigner {

    private final Keyring keyring;
    private final boolean twice;

    /** @param twice whether states bear the second signature, too */
    public CheckpointSigner(Keyring keyring, boolean twice) {
        this.keyring = keyring;
        this.twice = twice;
    }

    /**
     * Makes the keys when there are none. For a node that may write to the keyring, before another one needs them: both, so
     * that the second signature can be switched on for one side at a time.
     */
    public void prepare() {
        keyring.checkpointKey();
        keyring.checkpointMlDsaKey();
    }

    /** Who signs a log: its origin, and the public key. Stable for the life of the installation. */
    public NoteKey key(String origin) {
        return withSeed(
                keyring.checkpointKey(),
                seed -> NoteKey.ed25519(
                        origin,
                        new Ed25519PrivateKeyParameters(seed, 0)
                                .generatePublicKey()
                                .getEncoded()));
    }

    /** Who signs a log a second time; empty when nobody does. */
    public Optional<CosignerKey> mlDsaKey(String origin) {
        return twice
                ? Optional.of(withSeed(
                        keyring.checkpointMlDsaKey(), seed -> CosignerKey.mlDsa(origin, MlDsa.publicKey(seed))))
                : Optional.empty();
    }

    /** The text, signed in the name of its log. @throws KeysUnavailable when the key cannot be reached now */
    public String sign(String origin, String text) {
        return SignedNote.write(
                text, key(origin), withSeed(keyring.checkpointKey(), seed -> sign(seed, SignedNote.bytes(text))));
    }

    /**
     * A state of a log as a note, signed once or twice.
     *
     * @param at when it is the largest there is
     * @throws KeysUnavailable when a key cannot be reached now
     */
    public String sign(Checkpoint state, Instant at) {
        String note = sign(state.origin(), state.text());
        return mlDsaKey(state.origin())
                .map(key -> {
                    byte[] message =
                            key.message(at.getEpochSecond(), state.text()).orElseThrow();
                    byte[] signature = withSeed(keyring.checkpointMlDsaKey(), seed -> MlDsa.sign(seed, message));
                    return note + key.line(at.getEpochSecond(), signature) + "\n";
                })
                .orElse(note);
    }

    private static byte[] sign(byte[] seed, byte[] message) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, new Ed25519PrivateKeyParameters(seed, 0));
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    private <R> R withSeed(DataKeyRef ref, Function<byte[], R> use) {
        Optional<SealingKey> taken = keyring.take(ref);
        try (SealingKey key = taken.orElseThrow(() -> new KeysUnavailable("the signing key is missing", null))) {
            return key.exposeForUse(use);
        }
    }
}
