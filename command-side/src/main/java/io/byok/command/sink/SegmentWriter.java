package io.byok.command.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the newest file, and to a new one after each failure and beyond a length. So a line that was torn is always
 * the last one of its file. Confined to one thread.
 */
final class SegmentWriter {

    private static final Pattern KNOWN = Pattern.compile("\\{\"type\":\"(?:opened\",\"format\":1,\"after\"|"
            + "committed\",\"from\":[0-9]{1,18},\"through\"):([0-9]{1,18})[,}].*");

    private final Segments segments;
    private final long longest;
    private final Clock clock;
    private Segments.@Nullable Segment open;
    private long number;
    private long length;

    /** @param longest bytes after which a new file begins */
    SegmentWriter(Segments segments, long longest, Clock clock) {
        this.segments = segments;
        this.longest = longest;
        this.clock = clock;
    }

    /** Up to which position everything that this node committed is in the files; -1 when there are no files. */
    long committedBefore() throws IOException {
        List<Long> numbers = segments.numbers();
        for (int i = numbers.size() - 1; i >= 0; i--) {
            List<String> lines = segments.lines(numbers.get(i));
            for (int at = lines.size() - 1; at >= 0; at--) {
                Matcher known = KNOWN.matcher(lines.get(at));
                if (known.matches()) {
                    return Long.parseLong(known.group(1));
                }
            }
        }
        return -1;
    }

    /** Begins a new file; what was open is closed. On failure nothing is left of it. */
    void begin(long after) throws IOException {
        close();
        List<Long> numbers = segments.numbers();
        number = Math.max(number, numbers.isEmpty() ? 0 : numbers.getLast()) + 1;
        Lines first = new Lines();
        first.opened(after, clock.instant());
        Segments.Segment begun = segments.create(number);
        try {
            ByteBuffer bytes = first.take();
            length = bytes.remaining();
            begun.write(bytes);
            begun.force();
        } catch (IOException | RuntimeException e) {
            abandon(begun);
            throw e;
        }
        open = begun;
    }

    /**
     * Writes, and returns when it is on the disk.
     *
     * @param after the position up to which everything is committed
     */
    void write(Lines lines, long after) throws IOException {
        Segments.Segment file = open;
        if (file == null || length >= longest) {
            begin(after);
            file = open;
        }
        if (file == null) {
            throw new IOException("no file is open");
        }
        ByteBuffer bytes = lines.take();
        length += bytes.remaining();
        file.write(bytes);
        file.force();
    }

    /** Nothing more goes to this file. */
    void close() {
        try (Segments.Segment closing = open) {
            open = null;
        } catch (IOException e) {
            open = null; // it failed already, or everything in it was forced
        }
    }

    private void abandon(Segments.Segment begun) {
        try (begun) {
            segments.delete(number);
        } catch (IOException e) {
            number++; // it may still be there
        }
    }
}
