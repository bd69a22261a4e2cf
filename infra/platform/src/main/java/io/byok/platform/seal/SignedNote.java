package io.byok.platform.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Text with a signature below it, in the C2SP signed-note form: the text, an empty line, and
 * {@code — name base64(hash | signature)}. What is signed are the bytes of the text, so there is nothing to canonicalise.
 */
public final class SignedNote {

    private static final String DIVIDER = "\n\n— ";

    private SignedNote() {}

    static String write(String text, NoteKey key, byte[] signature) {
        if (!text.endsWith("\n") || text.contains(DIVIDER)) {
            throw new IllegalArgumentException("a note ends with its line, and holds no signature");
        }
        byte[] named = ByteBuffer.allocate(Integer.BYTES + signature.length)
                .putInt(key.hash())
                .put(signature)
                .array();
        return text + "\n— " + key.name() + " " + Base64.getEncoder().encodeToString(named) + "\n";
    }

    /**
     * The text, when this key has signed it.
     *
     * @param note all of it; signatures by others are passed over
     */
    public static Optional<String> open(String note, NoteKey key) {
        int end = note.indexOf(DIVIDER);
        if (end < 0 || !note.endsWith("\n")) {
            return Optional.empty();
        }
        String text = note.substring(0, end + 1);
        List<String> lines = note.substring(end + 2).lines().toList();
        if (!lines.stream().allMatch(line -> line.startsWith("— "))) {
            return Optional.empty(); // what is not signed does not stand below a signature
        }
        boolean signed = lines.stream()
                .anyMatch(line -> signature(line, key)
                        .filter(one -> key.verifies(bytes(text), one))
                        .isPresent());
        return signed ? Optional.of(text) : Optional.empty();
    }

    private static Optional<byte[]> signature(String line, NoteKey key) {
        String[] parts = line.split(" ", -1);
        if (parts.length != 3 || !parts[0].equals("—") || !parts[1].equals(key.name())) {
            return Optional.empty();
        }
        try {
            byte[] named = Base64.getDecoder().decode(parts[2]);
            return named.length > Integer.BYTES && ByteBuffer.wrap(named).getInt() == key.hash()
                    ? Optional.of(Arrays.copyOfRange(named, Integer.BYTES, named.length))
                    : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** SHA-256 of a text, 64 hex digits: what names a note or a list in another. */
    public static String hash(String text) {
        return HexFormat.of().formatHex(Primitives.lend(primitives -> primitives.sha256.digest(bytes(text))));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
