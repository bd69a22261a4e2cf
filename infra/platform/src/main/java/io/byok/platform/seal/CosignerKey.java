package io.byok.platform.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Who may have cosigned a state of a log, by the C2SP tlog-cosignature: a verifier key of the type 4, which signs
 * {@code cosignature/v1}, a time, and the text of the state. Such a signature says: at that time this was the largest state
 * of the log that I had seen, and it continues all that I had seen before.
 *
 * @param name of the witness; without spaces and plus signs
 * @param publicKey Ed25519, 32 bytes; lent, never changed
 */
public record CosignerKey(String name, int hash, byte[] publicKey) {

    private static final int SIGNATURE = 64;

    static CosignerKey ed25519(String name, byte[] publicKey) {
        return of(new VerifierKey(VerifierKey.COSIGNATURE, name, publicKey));
    }

    /** Empty unless it is the key of a witness, whole and with the right hash. */
    public static Optional<CosignerKey> parse(String text) {
        return VerifierKey.parse(VerifierKey.COSIGNATURE, text).map(CosignerKey::of);
    }

    private static CosignerKey of(VerifierKey key) {
        return new CosignerKey(key.name(), key.hash(), key.publicKey());
    }

    private VerifierKey key() {
        return new VerifierKey(VerifierKey.COSIGNATURE, name, publicKey);
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
                .filter(signature -> signature.length == Long.BYTES + SIGNATURE)
                .flatMap(signature -> {
                    long seconds = ByteBuffer.wrap(signature).getLong();
                    boolean valid = seconds >= 0
                            && seconds <= Instant.MAX.getEpochSecond()
                            && key().verifies(
                                            message(seconds, text),
                                            Arrays.copyOfRange(signature, Long.BYTES, signature.length));
                    return valid ? Optional.of(Instant.ofEpochSecond(seconds)) : Optional.empty();
                });
    }

    /** The signature lines of an answer that this key made for the text. */
    public List<String> linesOf(String text, String answer) {
        return answer.lines().filter(line -> cosigned(text, line).isPresent()).toList();
    }

    static byte[] message(long seconds, String text) {
        return ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
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
