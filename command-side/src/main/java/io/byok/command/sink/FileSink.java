package io.byok.command.sink;

import io.byok.command.store.Recorder;
import io.byok.platform.event.SealedEvent;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes everything that is committed into files, on a thread of its own.
 *
 * <p>While it works, what a receipt calls settled is on the disk. A write that fails, or has not come back in two seconds,
 * takes the sink down: a required one then stops every commit before it begins, another one is passed over. It comes back
 * by itself, in a new file, once it has copied from the database what it missed.
 */
public final class FileSink implements Recorder, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FileSink.class);

    private final boolean required;
    private final Duration patience;
    private final Clock clock;
    private final SinkWork work;
    private volatile SinkState state;

    /**
     * Opens the files, and copies what they lack.
     *
     * @param required whether nothing may be committed without it
     * @param patience how long a write may take
     * @throws IOException when it cannot write at the start
     * @throws SinkAhead when the files hold more than the database
     */
    FileSink(SegmentWriter writer, History history, boolean required, Duration patience, Clock clock)
            throws IOException {
        this.required = required;
        this.patience = patience;
        this.clock = clock;
        this.state = new SinkState(true, "", clock.instant(), 0);
        this.work = new SinkWork(this, writer, history);
        work.start();
    }

    SinkState state() {
        return state;
    }

    /** Up to which position everything that this node committed is in the files. */
    long position() {
        return work.copied();
    }

    boolean required() {
        return required;
    }

    Duration patience() {
        return patience;
    }

    @Override
    public boolean mayCommit() {
        return !required || state.up();
    }

    @Override
    public Receipt record(long last, List<SealedEvent> events) {
        FileReceipt receipt = new FileReceipt(this, last, events);
        if (state.up()) {
            work.write(receipt);
        } else {
            work.missed();
            receipt.done(false);
        }
        return receipt;
    }

    void tell(FileReceipt receipt, boolean committed) {
        work.tell(receipt, committed);
    }

    synchronized void down(String why) {
        work.missed();
        if (state.up()) {
            state = new SinkState(false, why, clock.instant(), state.failures() + 1);
            LOG.error("the audit sink is down: {}; {}", why, required ? "nothing is committed" : "it is passed over");
        }
    }

    synchronized void up() {
        state = new SinkState(true, "", clock.instant(), state.failures());
        LOG.info("the audit sink writes again");
    }

    /** Writes what was handed in, then stops; waits no longer than for a write. */
    @Override
    public void close() {
        work.stop(patience);
    }
}
