package io.byok.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks for marked secrets in bytes: as they are, in base64 at each of the three alignments, in hex and URL-encoded.
 * Half a secret is a leak too, so what is looked for is each piece of it.
 */
final class Canary {

    private static final int PIECE = 12;

    /** What is compared first: so much of each needle, of which none is shorter. */
    private static final int HEAD = 8;

    private final Set<String> needles = new LinkedHashSet<>();
    private final Map<Long, List<String>> byHead = new HashMap<>();
    private final BitSet heads = new BitSet(1 << 20);

    /** One more secret to look for. */
    void watch(String secret) {
        for (int at = PIECE; at + 2 * PIECE <= secret.length(); at += PIECE) {
            encodings(secret.substring(at, at + PIECE)).forEach(this::add);
        }
    }

    private void add(String needle) {
        if (needles.add(needle)) {
            long head = 0;
            for (int i = 0; i < HEAD; i++) {
                head = head << 8 | needle.charAt(i);
            }
            byHead.computeIfAbsent(head, _ -> new ArrayList<>()).add(needle);
            heads.set(slot(head));
        }
    }

    private static int slot(long head) {
        return (int) ((head * 0x9E3779B97F4A7C15L) >>> 44);
    }

    int size() {
        return needles.size();
    }

    /** Which needles are in there; named with what was searched. */
    List<String> in(String where, byte[] bytes) {
        // One char per byte, so that text and binary are searched alike. Thousands of needles, so all of them at once.
        String hay = new String(bytes, ISO_8859_1);
        List<String> found = new ArrayList<>();
        long head = 0;
        for (int i = 0; i < bytes.length; i++) {
            head = head << 8 | bytes[i] & 0xff;
            if (heads.get(slot(head))) {
                int at = i + 1 - HEAD;
                for (String needle : byHead.getOrDefault(head, List.of())) {
                    if (hay.startsWith(needle, at)) {
                        found.add(where + " at " + at + ": " + needle);
                    }
                }
            }
        }
        return found;
    }

    /** All files below a directory. */
    List<String> below(Path directory) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                found.addAll(in(file.toString(), Files.readAllBytes(file)));
            }
        }
        return found;
    }

    private static List<String> encodings(String piece) {
        byte[] bytes = piece.getBytes(US_ASCII);
        List<String> all = new ArrayList<>(List.of(
                piece,
                HexFormat.of().formatHex(bytes),
                HexFormat.of().withUpperCase().formatHex(bytes).toUpperCase(Locale.ROOT),
                URLEncoder.encode(piece, StandardCharsets.UTF_8),
                percent(bytes)));
        for (int alignment = 0; alignment < 3; alignment++) {
            byte[] shifted = new byte[alignment + bytes.length];
            System.arraycopy(bytes, 0, shifted, alignment, bytes.length);
            // Only the characters that depend on nothing but the piece, whatever stands before and behind it.
            int from = (alignment * 8 + 5) / 6;
            int to = shifted.length * 8 / 6;
            String standard = Base64.getEncoder().encodeToString(shifted).substring(from, to);
            all.add(standard);
            all.add(standard.replace('+', '-').replace('/', '_'));
        }
        return all;
    }

    private static String percent(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte one : bytes) {
            text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(one));
        }
        return text.toString();
    }
}
