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
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks for marked secrets in bytes: as they are, in base64 at each of the three alignments, in hex and URL-encoded.
 * Half a secret is a leak too, so what is looked for is each piece of it.
 */
final class Canary {

    private static final int PIECE = 12;

    private final Set<String> needles = new LinkedHashSet<>();

    /** One more secret to look for. */
    void watch(String secret) {
        for (int at = PIECE; at + 2 * PIECE <= secret.length(); at += PIECE) {
            encodings(secret.substring(at, at + PIECE)).forEach(needles::add);
        }
    }

    int size() {
        return needles.size();
    }

    /** Which needles are in there; named with what was searched. */
    List<String> in(String where, byte[] bytes) {
        // One char per byte, so that text and binary are searched alike.
        String hay = new String(bytes, ISO_8859_1);
        List<String> found = new ArrayList<>();
        for (String needle : needles) {
            int at = hay.indexOf(needle);
            if (at >= 0) {
                found.add(where + " at " + at + ": " + needle);
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
