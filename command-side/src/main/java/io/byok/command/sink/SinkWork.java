package io.byok.command.sink;

import io.byok.platform.event.StoredEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the sink's one thread does: it writes what it is handed, and after a failure brings the files up to date. */
final class SinkWork {

    private static final Logger LOG = LoggerFactory.getLogger(SinkWork.class);
    private static final long IDLE_MILLIS = 1_000;
    private static final long REST_MILLIS = 200;
    private static final int PAGE = 500;

    private final FileSink sink;
    private final SegmentWriter writer;
    private final History history;
    private final Lines lines = new Lines();
    private final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();
    private final Thread thread =
            Thread.ofPlatform().name("byok-audit-sink").daemon().unstarted(this::run);
    private volatile boolean gap; // only ever set, except where it is mended
    private volatile boolean stopping;
    private volatile long copied; // written by the thread only

    /** What the thread is handed. */
    private sealed interface Job {
        record Write(FileReceipt receipt) implements Job {}

        record Tell(FileReceipt receipt, boolean committed) implements Job {}

        record Stop() implements Job {}
    }

    SinkWork(FileSink sink, SegmentWriter writer, History history) throws IOException {
        this.sink = sink;
        this.writer = writer;
        this.history = history;
        long last = history.lastPosition();
        long known = writer.committedBefore();
        if (known > last) {
            throw new SinkAhead(known, last);
        }
        this.copied = known < 0 ? last : known;
        writer.begin(copied);
        copy();
    }

    void start() {
        thread.start();
    }

    long copied() {
        return copied;
    }

    void write(FileReceipt receipt) {
        jobs.add(new Job.Write(receipt));
    }

    void tell(FileReceipt receipt, boolean committed) {
        if (receipt.isOver() && !receipt.isWritten()) {
            missed(committed); // nothing to be said of it in the files
        } else {
            jobs.add(new Job.Tell(receipt, committed));
        }
    }

    /** Something is committed, or may come to be, that is not in the files. */
    void missed() {
        gap = true;
    }

    private void missed(boolean committed) {
        if (committed) {
            missed();
        }
    }

    void stop(Duration patience) {
        stopping = true;
        jobs.add(new Job.Stop());
        try {
            thread.join(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        for (boolean going = true; going; ) {
            try {
                boolean up = sink.state().up();
                Job job = jobs.poll(up ? IDLE_MILLIS : REST_MILLIS, TimeUnit.MILLISECONDS);
                going = !(job instanceof Job.Stop);
                take(job, sink.state().up());
            } catch (IOException | RuntimeException e) {
                LOG.debug("the audit sink does not write", e);
                sink.down("it does not write");
                writer.close();
            } catch (InterruptedException e) {
                going = false; // nobody but the end of the process interrupts this thread
            }
        }
        writer.close();
    }

    private void take(@Nullable Job job, boolean up) throws IOException {
        switch (job) {
            case Job.Write(FileReceipt receipt) -> {
                try {
                    if (up) {
                        write(receipt, gap);
                    }
                } finally {
                    receipt.done(false); // unless it is done
                }
            }
            case Job.Tell(FileReceipt receipt, boolean committed) -> {
                if (up) {
                    note(receipt, committed);
                }
            }
            case Job.Stop() -> flush(up);
            case null -> {
                if (up) {
                    flush(true);
                } else {
                    recover();
                }
            }
        }
    }

    private void write(FileReceipt receipt, boolean behind) throws IOException {
        if (behind) {
            copy();
        }
        receipt.write(lines);
        writer.write(lines, copied);
        receipt.done(true);
    }

    private void note(FileReceipt receipt, boolean committed) {
        if (!receipt.isWritten()) {
            missed(committed);
        } else if (committed) {
            lines.committed(receipt.from(), receipt.through());
            copied = Math.max(copied, receipt.through());
        } else {
            lines.abandoned(receipt.from(), receipt.through());
        }
    }

    private void flush(boolean up) throws IOException {
        if (up && !lines.isEmpty()) {
            writer.write(lines, copied);
        }
    }

    /** In a new file, so that a line that was torn is the last one of its own. */
    private void recover() throws IOException {
        lines.take();
        writer.begin(copied);
        copy();
        sink.up();
    }

    /** Takes from the database whatever came after the last position that is known to be here. */
    private void copy() throws IOException {
        gap = false; // first: what is committed meanwhile sets it again
        long last = history.lastPosition();
        while (copied < last && !stopping) {
            List<StoredEvent> page = history.after(copied, PAGE);
            if (page.isEmpty()) {
                return;
            }
            page.forEach(stored -> lines.event(stored.position(), stored.event(), true));
            long through = page.getLast().position();
            lines.committed(page.getFirst().position(), through);
            writer.write(lines, copied);
            copied = through;
        }
    }
}
