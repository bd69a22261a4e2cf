package io.byok.command.relay;

import io.byok.command.store.EventLog;
import io.byok.command.store.Lane;
import io.byok.command.store.LogUnavailable;
import io.byok.platform.event.StoredEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies a lane of the log to Kafka, in order, at least once, skipping nothing.
 *
 * <p>Any number of nodes run one; the one that holds the lane's lock works, the others stand by, tell it what their nodes
 * commit, and take over within seconds of its end, or of the moment from which it stands still. It starts behind the last
 * position that the brokers acknowledged, and each page it sends continues what is in the topic, so a consumer that ignores
 * positions up to its last one sees every position exactly once; a relay that was replaced unawares may still send the rest
 * of a page, which is there already. Brokers that are away cost lag and nothing else; commands never wait for them.
 */
public final class Relay implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final int PAGE = 2000;

    /** The net under the signals: a node that dies after a commit has told nobody. */
    private static final Duration POLL = Duration.ofMillis(100);

    /** How long what other nodes tell may lie on the socket. */
    private static final Duration TICK = Duration.ofMillis(5);

    /** How often it is asked whether everything has been sent. */
    private static final Duration LOOK = Duration.ofMillis(10);

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final DataSource database;
    private final EventLog log;
    private final Lane lane;
    private final String bootstrapServers;
    private final Duration poll;
    private final Semaphore signal = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean active;

    /**
     * Starts it.
     *
     * @param database gives connections that are the relay's alone
     * @param log for {@link #lag()}
     */
    public Relay(DataSource database, EventLog log, Lane lane, String bootstrapServers) {
        this(database, log, lane, bootstrapServers, POLL);
    }

    /** @param poll how long it trusts the signals before it looks by itself */
    Relay(DataSource database, EventLog log, Lane lane, String bootstrapServers, Duration poll) {
        this.database = database;
        this.log = log;
        this.lane = lane;
        this.bootstrapServers = bootstrapServers;
        this.poll = poll;
        this.thread =
                Thread.ofPlatform().name("byok-relay-" + lane.number()).daemon().start(this::run);
    }

    /** Says that there is something new; cheap, never blocks. */
    public void wake() {
        if (signal.availablePermits() == 0) {
            signal.release();
        }
    }

    /** Whether this node's relay is the one that works. */
    public boolean active() {
        return active;
    }

    /** How many events of the lane the brokers have not acknowledged yet, on whichever node its relay works. */
    public long lag() throws LogUnavailable {
        return log.lastPosition() - log.relayed(lane);
    }

    /**
     * Waits until the brokers have what was committed before the call, if it is this relay that sends it. Nothing is lost
     * without it: it saves whoever reads the topic from waiting for the next start.
     *
     * @param most how long to wait at most; brokers may be away
     * @return whether they have it, or another node's relay will see to it
     */
    public boolean drain(Duration most) throws LogUnavailable, InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        long last = log.lastPosition();
        wake();
        while (active && log.relayed(lane) < last) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            Thread.sleep(LOOK);
        }
        return true;
    }

    /** Stops at once; what is not acknowledged is sent again by the next one. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                Publisher.prepare(bootstrapServers); // may take long, and whoever holds the lane must not be silent
                work();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (SQLException | RuntimeException e) {
                if (!closed) {
                    LOG.warn("the relay of lane {} starts again: {}", lane.number(), reason(e));
                    pause();
                }
            } finally {
                active = false;
            }
        }
    }

    private void work() throws SQLException, InterruptedException {
        try (LaneSession session = LaneSession.open(database, lane)) {
            standBy(session);
            try (Publisher publisher = Publisher.to(bootstrapServers, lane)) {
                active = true;
                relay(session, publisher);
            }
        }
    }

    /** Returns with the lane. Until then the relay that has it, on another node, is told what this node commits. */
    private void standBy(LaneSession session) throws SQLException, InterruptedException {
        while (!session.tryTake()) {
            if (signal.tryAcquire(RETRY.toMillis(), TimeUnit.MILLISECONDS)) {
                session.tell();
                Thread.sleep(TICK); // one telling for all that is committed meanwhile
            }
        }
    }

    private void relay(LaneSession held, Publisher publisher) throws SQLException, InterruptedException {
        long position = held.position();
        while (!closed) {
            signal.drainPermits(); // before reading: what comes after that signals again
            List<StoredEvent> page = held.after(position, PAGE);
            if (page.isEmpty()) {
                await(held);
                continue;
            }
            publisher.publish(page, () -> !closed && held.holds());
            position = page.getLast().position();
            held.moveTo(position);
        }
    }

    /** Returns when this node or another says that there is something new, or when it is time to look anyway. */
    private void await(LaneSession held) throws SQLException, InterruptedException {
        long end = System.nanoTime() + poll.toNanos();
        while (!signal.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS)
                && !held.wasTold()
                && System.nanoTime() < end) {
            // neither
        }
    }

    private void pause() {
        try {
            Thread.sleep(RETRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String reason(Exception e) {
        return switch (e) {
            case SQLException sql -> "SQLSTATE " + sql.getSQLState();
            case KafkaException kafka
            when kafka.getCause() != null ->
                kafka.getMessage() + ": " + kafka.getCause().getClass().getSimpleName();
            default -> String.valueOf(e.getMessage());
        };
    }
}
