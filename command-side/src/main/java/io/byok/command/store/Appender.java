package io.byok.command.store;

import io.byok.platform.event.SealedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes entries durable: many callers, one transaction.
 *
 * <p>Guarantees, with any number of appenders on any number of nodes over one database:
 *
 * <ul>
 *   <li>Positions are dense, from 1, in the order of commits: whoever sees position n can see everything before it.
 *   <li>An entry that was answered is on disk, once, with its rows; one that failed is not there at all. The only doubt
 *       is {@link LogUnavailable#outcomeUnknown()}.
 *   <li>A bad entry fails alone, whatever it shared a transaction with.
 * </ul>
 *
 * <p>One thread writes what has gathered while the transaction before was being committed, and never waits for more: a
 * lone entry is a commit of its own at once. The queue is bounded; when it is full, entries are turned away at once
 * instead of waiting in memory. A database that is away is tried again with the next entry.
 */
public final class Appender implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Appender.class);

    /** Entries in one transaction. Beyond a few hundred the transaction only gets longer, not cheaper per event. */
    private static final int BATCH = 1024;

    private static final int QUEUE = 16_384;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final BlockingQueue<Submission> queue;
    private final Submission stop = new Submission(NOTHING);
    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();
    private final Committer committer;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Starts the appender of a lane.
     *
     * @param database gives connections that are the appender's alone: callers must not be able to use them up
     */
    public Appender(DataSource database, Lane lane) {
        this(database, lane, Recorder.NONE);
    }

    /** @param recorder the second place in which everything is written down */
    public Appender(DataSource database, Lane lane, Recorder recorder) {
        this(database, lane, Sequences.DENSE, QUEUE, PATIENCE, recorder);
    }

    Appender(DataSource database, Lane lane, Sequences sequences, int queue, Duration patience) {
        this(database, lane, sequences, queue, patience, Recorder.NONE);
    }

    private Appender(
            DataSource database, Lane lane, Sequences sequences, int queue, Duration patience, Recorder recorder) {
        this.queue = new ArrayBlockingQueue<>(queue);
        this.committer = new Committer(database, lane, sequences, patience, this::signal, recorder);
        this.thread = Thread.ofPlatform()
                .name("byok-appender-" + lane.number())
                .daemon()
                .start(this::run);
    }

    /**
     * Hands an entry in. The future completes after the commit, with its place, or exceptionally with what refused it:
     * {@link LogUnavailable}, {@link StreamConflict}, or whatever a row was refused with. What depends on the future
     * must not block: it runs on the appender's thread.
     */
    public CompletableFuture<Appended> submit(Entry entry) {
        Submission submission = new Submission(entry);
        if (closed) {
            submission.fail(LogUnavailable.closed());
        } else if (!queue.offer(submission)) {
            submission.fail(LogUnavailable.full());
        } else if (closed && queue.remove(submission)) {
            submission.fail(LogUnavailable.closed()); // came after the last batch was taken
        }
        return submission.answer;
    }

    /** Hands an entry in and waits until it is durable; throws what refused it. Cheap on a virtual thread. */
    public Appended append(Entry entry) {
        try {
            return submit(entry).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException why) {
                throw why;
            }
            throw e;
        }
    }

    /**
     * Calls back after each commit of this appender, with the last position, on its own thread; must not block. A
     * signal, not a feed: other nodes append too.
     */
    public void onCommitted(LongConsumer lastPosition) {
        listeners.add(lastPosition);
    }

    /** Writes what was handed in, then stops. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            queue.put(stop);
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Submission late = queue.poll(); late != null; late = queue.poll()) {
            late.fail(LogUnavailable.closed());
        }
    }

    private void run() {
        List<Submission> batch = new ArrayList<>(BATCH);
        try (committer) {
            for (boolean going = true; going; batch.clear()) {
                batch.add(queue.take());
                queue.drainTo(batch, BATCH - 1);
                going = !batch.remove(stop);
                commit(batch);
            }
        } catch (InterruptedException e) {
            closed = true; // nobody but the end of the process interrupts this thread
        }
    }

    private void commit(List<Submission> batch) {
        try {
            committer.commit(batch);
        } catch (RuntimeException | Error e) { // a bug of ours: the thread lives on, and nobody waits for ever
            LOG.error("the appender failed", e);
            IllegalStateException why = new IllegalStateException("the appender failed", e);
            batch.forEach(s -> s.fail(why));
        }
    }

    private void signal(long lastPosition) {
        for (LongConsumer listener : listeners) {
            try {
                listener.accept(lastPosition);
            } catch (RuntimeException e) {
                LOG.error("a listener of the log failed", e);
            }
        }
    }

    private static final Entry NOTHING = new Entry() {
        @Override
        public List<Row<?>> rows() {
            return List.of();
        }

        @Override
        public List<SealedEvent> events() {
            return List.of();
        }
    };
}
