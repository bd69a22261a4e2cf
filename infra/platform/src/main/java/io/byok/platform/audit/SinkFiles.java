package io.byok.platform.audit;

import io.byok.kernel.audit.Leaf;
import io.byok.kernel.merkle.MerkleHash;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the files of a second audit sink say, line by line. Every event's line is checked by itself: its fields must give
 * the hash of its leaf. What the last line of a file lacks was torn off by a crash, and is no fault.
 */
final class SinkFiles {

    /** One event as a file has it; {@code where} names its line. */
    record Line(UUID tenant, byte[] leaf, String where) {}

    private final MerkleHash hash = new MerkleHash();
    private final Map<Long, Line> open = new HashMap<>();
    private final Map<Long, Line> committed = new HashMap<>();
    private long abandoned;
    private long torn;

    /**
     * Reads a directory.
     *
     * @throws Unproved when a line says something that its neighbours or its own hash deny, or cannot be read
     */
    static SinkFiles read(Path directory) throws IOException {
        List<Path> paths;
        try (Stream<Path> files = Files.list(directory)) {
            paths = files.filter(file -> file.getFileName().toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        }
        if (paths.isEmpty()) {
            throw Unproved.unreadable("there are no .jsonl files in " + directory);
        }
        SinkFiles all = new SinkFiles();
        for (Path path : paths) {
            all.read(path, String.valueOf(path.getFileName()));
        }
        return all;
    }

    /** By position: what the server says was committed. */
    Map<Long, Line> committed() {
        return committed;
    }

    /** By position: what was written, and of which the files do not say what became of it. */
    Map<Long, Line> undecided() {
        return open;
    }

    long abandoned() {
        return abandoned;
    }

    long torn() {
        return torn;
    }

    private void read(Path path, String file) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
            long number = 1;
            String text = lines.readLine();
            while (text != null) {
                String next = lines.readLine();
                if (next == null && !text.endsWith("}")) {
                    torn++;
                } else {
                    take(BundleLineParser.any(number, text), file + " line " + number);
                }
                text = next;
                number++;
            }
        }
    }

    private void take(BundleLine line, String where) {
        switch (line.type()) {
            case "opened" -> {
                if (line.number("format") != 1) {
                    throw Unproved.unreadable(where + ": this format is not known here");
                }
            }
            case "event" -> open.put(line.number("position"), event(line, where));
            case "committed" -> {
                for (long at = line.number("from"); at <= line.number("through"); at++) {
                    commit(at, where);
                }
            }
            case "abandoned" -> {
                for (long at = line.number("from"); at <= line.number("through"); at++) {
                    abandoned += open.remove(at) == null ? 0 : 1;
                }
            }
            default -> throw Unproved.unreadable(where + ": " + line.type() + " is not known here");
        }
    }

    private void commit(long position, String where) {
        Line line = open.remove(position);
        Line before = line == null ? committed.get(position) : committed.putIfAbsent(position, line);
        if (line == null && before == null) {
            throw Unproved.because(where + ": position " + position + " is committed, and its line is gone");
        }
        if (line != null && before != null && !Arrays.equals(line.leaf(), before.leaf())) {
            throw Unproved.because(
                    "position " + position + " is two events: " + before.where() + " and " + line.where());
        }
    }

    private Line event(BundleLine line, String where) {
        try {
            UUID tenant = UUID.fromString(line.text("tenant"));
            Leaf leaf = new Leaf.OfEvent(
                    tenant,
                    line.number("position"),
                    UUID.fromString(line.text("eventId")),
                    optional(line.optional("subject")),
                    Math.toIntExact(line.number("streamType")),
                    UUID.fromString(line.text("stream")),
                    line.number("sequence"),
                    Math.toIntExact(line.number("name")),
                    Math.toIntExact(line.number("revision")),
                    Instant.parse(line.text("at")),
                    hash.sha256(line.bytes("payload")));
            byte[] made = hash.leaf(leaf.bytes());
            if (!Arrays.equals(made, line.bytes("leaf"))) {
                throw Unproved.because(where + ": the line was changed, its hash is that of something else");
            }
            return new Line(tenant, made, where);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeParseException e) {
            throw Unproved.because(where + ": the line was changed, a field makes no sense");
        }
    }

    private static @Nullable UUID optional(@Nullable String text) {
        return text == null ? null : UUID.fromString(text);
    }
}
