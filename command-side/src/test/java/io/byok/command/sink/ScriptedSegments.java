package io.byok.command.sink;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.byok.command.store.EventLog;
import io.byok.command.store.Recorder;
import io.byok.platform.event.StoredEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A disk that does what a test tells it to. What was not forced is lost. */
public final class ScriptedSegments implements Segments {

    /** What is wrong with it. */
    public enum Trouble {
        NONE,
        /** Half of what is written comes through. */
        FULL,
        /** Nothing can be written any more. */
        CLOSED,
        /** Everything is written, and the disk never says so. */
        HANGING
    }

    private static final Pattern POSITION = Pattern.compile("\"type\":\"event\",\"position\":([0-9]+)");

    private final NavigableMap<Long, ByteArrayOutputStream> files = new TreeMap<>();
    private final TreeMap<Long, Integer> forced = new TreeMap<>();
    private Trouble trouble = Trouble.NONE;

    /** A sink on this disk, as the product makes it but for the patience. */
    public FileSink sink(EventLog log, boolean required, Duration patience) {
        History history = new History() {
            @Override
            public long lastPosition() {
                return log.lastPosition();
            }

            @Override
            public List<StoredEvent> after(long position, int limit) {
                return log.after(position, limit);
            }
        };
        try {
            Clock clock = Clock.systemUTC();
            return new FileSink(new SegmentWriter(this, 1 << 16, clock), history, required, patience, clock);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether it works. */
    public static boolean isUp(Recorder sink) {
        return ((FileSink) sink).state().up();
    }

    /** From now on. */
    public synchronized void suffer(Trouble now) {
        trouble = now;
        notifyAll();
    }

    /** Positions of all events that are on the disk. */
    public synchronized List<Long> positions() {
        List<Long> positions = new ArrayList<>();
        forced.forEach((number, length) -> {
            Matcher found =
                    POSITION.matcher(files.get(number).toString(US_ASCII).substring(0, length));
            while (found.find()) {
                positions.add(Long.parseLong(found.group(1)));
            }
        });
        return positions;
    }

    @Override
    public synchronized List<Long> numbers() {
        return List.copyOf(files.keySet());
    }

    @Override
    public synchronized List<String> lines(long number) {
        String text = files.get(number).toString(US_ASCII);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    @Override
    public synchronized Segment create(long number) throws IOException {
        work();
        files.put(number, new ByteArrayOutputStream());
        return new Scripted(number);
    }

    @Override
    public synchronized void delete(long number) {
        files.remove(number);
        forced.remove(number);
    }

    private void work() throws IOException {
        if (trouble == Trouble.CLOSED) {
            throw new IOException("closed");
        }
    }

    private final class Scripted implements Segment {

        private final long number;

        Scripted(long number) {
            this.number = number;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            synchronized (ScriptedSegments.this) {
                work();
                byte[] all = new byte[bytes.remaining()];
                bytes.get(all);
                files.get(number).write(all, 0, trouble == Trouble.FULL ? all.length / 2 : all.length);
                if (trouble == Trouble.FULL) {
                    throw new IOException("no space left");
                }
            }
        }

        @Override
        public void force() throws IOException {
            synchronized (ScriptedSegments.this) {
                work();
                while (trouble == Trouble.HANGING) {
                    try {
                        ScriptedSegments.this.wait();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
                forced.put(number, files.get(number).size());
            }
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
