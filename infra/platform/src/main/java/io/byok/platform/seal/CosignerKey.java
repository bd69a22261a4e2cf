package io.byok.platform.seal;

import io.byok.kernel.audit.Checkpoint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Who may have cosigned a state of a log, by the C2SP tlog-cosignature: a verifier key of the type 4 (Ed25519), which signs
 * {@code cosignature/v1}, a time, and the text of the state, or of the type 6 (ML-DSA-44), which signs its own name, a time,
 * and the log's name, size and root. Such a signature says: at that time this was the largest state of the log that I had
 * seen, and it continues all that I had seen before.
 *
 * @param name of the witness; without spaces and plus signs
 * @param publicKey of the length of its type; lent, never changed
 */
public record CosignerKey(byte type, String name, int hash, byte[] publicKey) {

    private static final byte[] SUBTREE = "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_NAME = 255;

    static CosignerKey ed25519(String name, byte[] publicKey) {
        return of(new VerifierKey(VerifierKey.COSIGNATURE, name, publicKey));
    }

    static CosignerKey mlDsa(String name, byte[] publicKey) {
        return of(new VerifierKey(VerifierKey.ML_DSA_COSIGNATURE, name, publicKey));
    }

    /** Empty unless it is the key of a witness, whole and with the right hash. */
    public static Optional<CosignerKey> parse(String text) {
        return VerifierKey.parse(VerifierKey.COSIGNATURE, text)
                .or(() -> VerifierKey.parse(VerifierKey.ML_DSA_COSIGNATURE, text))
                .map(CosignerKey::of);
    }

    private static CosignerKey of(VerifierKey key) {
        return new CosignerKey(key.type(), key.name(), key.hash(), key.publicKey());
    }

    private VerifierKey key() {
        return new VerifierKey(type, name, publicKey);
    }

    /** Whether a signature line claims to be of this key, true or not. */
    public boolean claims(String line) {
        return SignedNote.signature(line, name, hash).isPresent();
    }

    /** When this key cosigned the note; empty when it did not. The newest when it did more than once. */
    public Optional<Instant> cosigned(String note) {
        return SignedNote.parts(note)
                .flatMap(parts -> parts.signatures().stream()
                        .map(line -> cosigned(parts.text(), line))
                        .flatMap(Optional::stream)
                        .max(Instant::compareTo));
    }

    /** When this key made that signature line for the text; empty when it did not. */
    public Optional<Instant> cosigned(String text, String line) {
        return SignedNote.signature(line, name, hash)
                .filter(signature -> signature.length == Long.BYTES + key().signatureLength())
                .flatMap(signature -> {
                    long seconds = ByteBuffer.wrap(signature).getLong();
                    boolean valid = seconds >= 0
                            && seconds <= Instant.MAX.getEpochSecond()
                            && message(seconds, text)
                                    .filter(message -> key().verifies(
                                                    message,
                                                    Arrays.copyOfRange(signature, Long.BYTES, signature.length)))
                                    .isPresent();
                    return valid ? Optional.of(Instant.ofEpochSecond(seconds)) : Optional.empty();
                });
    }

    /** The signature lines of an answer that this key made for the text. */
    public List<String> linesOf(String text, String answer) {
        return answer.lines().filter(line -> cosigned(text, line).isPresent()).toList();
    }

    /** The signature line for a message that was signed. */
    String line(long seconds, byte[] signature) {
        byte[] all = ByteBuffer.allocate(Integer.BYTES + Long.BYTES + signature.length)
                .putInt(hash)
                .putLong(seconds)
                .put(signature)
                .array();
        return "— " + name + " " + Base64.getEncoder().encodeToString(all);
    }

    /** What is signed; empty when this kind of key cannot sign the text, because it is no state of a log. */
    Optional<byte[]> message(long seconds, String text) {
        return type == VerifierKey.ML_DSA_COSIGNATURE
                ? Checkpoint.parse(text).flatMap(state -> message(seconds, state))
                : Optional.of(SignedNote.bytes("cosignature/v1\ntime " + seconds + "\n" + text));
    }

    private Optional<byte[]> message(long seconds, Checkpoint state) {
        byte[] cosigner = SignedNote.bytes(name);
        byte[] origin = SignedNote.bytes(state.origin());
        if (cosigner.length > LONGEST_NAME || origin.length > LONGEST_NAME) {
            return Optional.empty();
        }
        return Optional.of(ByteBuffer.allocate(
                        SUBTREE.length + 2 + cosigner.length + origin.length + 3 * Long.BYTES + state.root().length)
                .put(SUBTREE)
                .put((byte) cosigner.length)
                .put(cosigner)
                .putLong(seconds)
                .put((byte) origin.length)
                .put(origin)
                .putLong(0) // the first leaf
                .putLong(state.size())
                .put(state.root())
                .array());
    }

    /** The form that {@link #parse} reads. */
    public String text() {
        return key().text();
    }

    @Override
    public String toString() {
        return text();
    }
}
