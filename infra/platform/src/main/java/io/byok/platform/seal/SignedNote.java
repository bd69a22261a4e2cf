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
        return parts(note)
                .filter(parts -> parts.signatures().stream()
                        .anyMatch(line -> signature(line, key.name(), key.hash())
                                .filter(one -> key.verifies(bytes(parts.text()), one))
                                .isPresent()))
                .map(Parts::text);
    }

    /**
     * A note taken apart.
     *
     * @param text with its last line feed
     * @param signatures lines without theirs
     */
    record Parts(String text, List<String> signatures) {}

    /** Empty when it has no signature, or anything but signatures below the text. */
    static Optional<Parts> parts(String note) {
        int end = note.indexOf(DIVIDER);
        if (end < 0 || !note.endsWith("\n")) {
            return Optional.empty();
        }
        List<String> lines = note.substring(end + 2).lines().toList();
        return lines.stream().allMatch(line -> line.startsWith("— "))
                ? Optional.of(new Parts(note.substring(0, end + 1), lines))
                : Optional.empty(); // what is not signed does not stand below a signature
    }

    /** The bytes of a signature line that says it is of this key. */
    static Optional<byte[]> signature(String line, String name, int hash) {
        String[] parts = line.split(" ", -1);
        if (parts.length != 3 || !parts[0].equals("—") || !parts[1].equals(name)) {
            return Optional.empty();
        }
        try {
            byte[] named = Base64.getDecoder().decode(parts[2]);
            return named.length > Integer.BYTES && ByteBuffer.wrap(named).getInt() == hash
                    ? Optional.of(Arrays.copyOfRange(named, Integer.BYTES, named.length))
                    : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** The text of a note, signed or not by whomever; empty when it is none. */
    public static Optional<String> text(String note) {
        return parts(note).map(Parts::text);
    }

    /** SHA-256 of a text, 64 hex digits: what names a note or a list in another. */
    public static String hash(String text) {
        return HexFormat.of().formatHex(Primitives.lend(primitives -> primitives.sha256.digest(bytes(text))));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
