package io.byok.query.replay;

import com.github.f4b6a3.uuid.UuidCreator;
import io.byok.kernel.Rejection;
import io.byok.kernel.TenantId;
import io.byok.platform.web.Caller;
import io.byok.query.feed.EventOpener;
import io.byok.query.feed.EventSource;
import io.byok.query.feed.Lease;
import io.byok.query.feed.Projector;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs replays in the background, one at a time in the whole cluster, and tells how they get on. */
public final class Replays implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Replays.class);

    private final DSLContext view;
    private final DataSource database;
    private final EventSource source;
    private final EventOpener opener;
    private final List<Projector> projectors;
    private final ReplayJournal journal;
    private final LeftReplays left;
    private volatile boolean stopping;
    private volatile @Nullable Thread running;

    Replays(
            DSLContext view,
            DataSource database,
            EventSource source,
            EventOpener opener,
            List<Projector> projectors,
            ReplayJournal journal) {
        this.view = view;
        this.database = database;
        this.source = source;
        this.opener = opener;
        this.projectors = projectors;
        this.journal = journal;
        this.left = new LeftReplays(view, journal);
    }

    /** Goes on with what a server left behind when it ended; does nothing while another node replays. */
    void recover() {
        take().ifPresent(lease -> {
            Optional<LeftReplays.Left> one = Optional.empty();
            try {
                one = left.resume();
            } finally {
                if (one.isEmpty()) {
                    release(lease);
                }
            }
            one.ifPresent(it -> {
                log.info("replay {} goes on", it.id().text());
                begin(lease, it.id(), it.projection(), it.mode(), it.generation());
            });
        });
    }

    private void begin(Lease lease, ReplayId id, String projection, ReplayMode mode, long generation) {
        running = Thread.ofVirtual().name("byok-replay").start(() -> run(lease, id, projection, mode, generation));
    }

    /**
     * Begins a replay and returns at once.
     *
     * @param projection one of the projectors' names, or {@code all}
     * @throws Rejection when one is running
     */
    ReplayView start(Caller caller, String projection, ReplayMode mode) {
        return start(caller.tenant(), caller.actor(), caller.requestId(), projection, mode);
    }

    /** The same for whoever is no caller. @param requestId absent when nobody waits for it */
    ReplayView start(TenantId tenant, String actor, @Nullable String requestId, String projection, ReplayMode mode) {
        Lease lease = take().orElseThrow(() -> Rejection.of(ReplayRefusal.RUNNING));
        try {
            left.close();
            ReplayId id = new ReplayId(UuidCreator.getTimeOrderedEpoch());
            long generation = Shadow.nextGeneration(view);
            journal.open(id, tenant, actor, requestId, projection, mode, generation);
            ReplayView begun = journal.find(tenant, id).orElseThrow();
            begin(lease, id, projection, mode, generation);
            return begun;
        } catch (RuntimeException e) {
            release(lease);
            throw e;
        }
    }

    private void run(Lease lease, ReplayId id, String projection, ReplayMode mode, long generation) {
        try {
            List<Projector> chosen = projectors.stream()
                    .filter(projector -> projection.equals(ReplayRequest.ALL)
                            || projector.name().equals(projection))
                    .toList();
            new Replay(view, source, opener, chosen, progress(id)).run(generation, mode);
            journal.close(id, ReplayJournal.SUCCEEDED, null);
        } catch (ReplayInterrupted later) {
            log.info("replay {} goes on when a server starts", id.text());
        } catch (RuntimeException e) {
            boolean interrupted = stopping;
            // Messages of databases quote values; the sort of failure is all that may be kept.
            String failure = e instanceof HistoryBroken
                    ? Objects.requireNonNullElse(e.getMessage(), "history is broken")
                    : e.getClass().getSimpleName();
            log.warn("replay {} ended early: {}", id.text(), failure);
            closeQuietly(id, interrupted ? ReplayJournal.INTERRUPTED : ReplayJournal.FAILED, failure);
        } finally {
            release(lease);
        }
    }

    private void closeQuietly(ReplayId id, String status, String failure) {
        try {
            journal.close(id, status, failure);
        } catch (RuntimeException away) {
            log.warn("replay {} stays noted as running until the next start", id.text());
        }
    }

    private ReplayProgress progress(ReplayId id) {
        return new ReplayProgress() {
            @Override
            public void begins(long total, long position) {
                journal.begins(id, total, position);
            }

            @Override
            public void processed(long events) {
                if (stopping) {
                    throw new ReplayInterrupted();
                }
                journal.processed(id, events);
            }

            @Override
            public void compared(
                    Map<String, ReplayView.Digest> digests, List<Difference> differences, List<Days> days) {
                journal.compared(id, digests, differences, days);
            }
        };
    }

    private Optional<Lease> take() {
        try {
            return Lease.take(database, Lease.REPLAY);
        } catch (SQLException e) {
            throw new DataAccessException("the database is away", e);
        }
    }

    private static void release(Lease lease) {
        try {
            lease.close();
        } catch (SQLException e) {
            log.debug("the lease went with its connection");
        }
    }

    /** Ends a running replay between two batches; it goes on when a server starts. */
    @Override
    public void close() throws InterruptedException {
        stopping = true;
        awaitEnd();
    }

    /** Waits for the replay that this node runs, if any. */
    void awaitEnd() throws InterruptedException {
        Thread thread = running;
        if (thread != null) {
            thread.join();
        }
    }
}
