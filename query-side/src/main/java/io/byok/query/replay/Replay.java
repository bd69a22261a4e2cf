package io.byok.query.replay;

import static io.byok.query.jooq.Tables.PROJECTION;

import io.byok.kernel.erase.ErasureEvent;
import io.byok.kernel.erase.TenantErasureEvent;
import io.byok.kernel.retention.RetentionEvent;
import io.byok.platform.event.Opened;
import io.byok.platform.event.StoredEvent;
import io.byok.query.feed.AtOnce;
import io.byok.query.feed.Day;
import io.byok.query.feed.EventOpener;
import io.byok.query.feed.EventSource;
import io.byok.query.feed.Place;
import io.byok.query.feed.Places;
import io.byok.query.feed.Projection;
import io.byok.query.feed.Projector;
import io.byok.query.feed.Received;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.Table;

/**
 * Builds a generation of read models from the event store up to the very position of the live ones, and compares the two
 * by digest. The live ones go on meanwhile. Memory stays bounded whatever the length of history.
 */
final class Replay {

    private static final int LANE = 0;
    private static final long CLOSE = 10_000; // events that may be left for the pause
    private static final int ROUNDS = 10;

    private final DSLContext live;
    private final EventSource source;
    private final EventOpener opener;
    private final List<Projector> projectors;
    private final ReplayProgress progress;

    Replay(
            DSLContext live,
            EventSource source,
            EventOpener opener,
            List<Projector> projectors,
            ReplayProgress progress) {
        this.live = live;
        this.source = source;
        this.opener = opener;
        this.projectors = projectors;
        this.progress = progress;
    }

    /** The live read models in one moment. */
    private record Moment(Map<String, Place> places, Map<String, String> digests, List<Day> days) {

        long position(Projector projector) {
            return Places.of(places, projector).position();
        }
    }

    /**
     * Begins, or goes on where it was interrupted.
     *
     * @param generation whose tables are gone afterwards or are the live ones
     * @throws ReplayInterrupted when it can go on later
     */
    void run(long generation, ReplayMode mode) {
        List<Table<?>> tables = new ArrayList<>();
        projectors.forEach(projector -> tables.addAll(projector.tables()));
        Moment moment = moment(tables);
        long end = projectors.stream().mapToLong(moment::position).max().orElse(0);
        progress.begins(end, end);
        try {
            Shadow shadow = Shadow.goOn(live, generation, projectors, mode);
            List<Projection> replayed =
                    projectors.stream().map(shadow::projection).toList();
            replay(shadow, replayed, moment, end);
            AtOnce.each(replayed, projection -> shadow.settle(projection, mode == ReplayMode.REBUILD));
            progress.processed(end);
            compare(shadow, replayed, moment, tables);
            if (mode == ReplayMode.REBUILD) {
                for (Projection projection : replayed) {
                    replace(shadow, projection);
                }
            }
        } catch (ReplayInterrupted ended) {
            throw ended; // what is made stays, for whoever goes on with it
        } catch (RuntimeException | Error failed) {
            Shadow.drop(live, generation);
            throw failed;
        }
        Shadow.drop(live, generation);
    }

    private Moment moment(List<Table<?>> tables) {
        return live.transactionResult(transaction -> {
            DSLContext snapshot = transaction.dsl();
            snapshot.execute("set transaction isolation level repeatable read, read only");
            return new Moment(Places.read(snapshot, LANE), Digests.of(snapshot, tables), days(snapshot));
        });
    }

    /** @param inside a transaction in which digests were made: its time zone is theirs */
    private List<Day> days(DSLContext inside) {
        return projectors.stream()
                .flatMap(projector -> projector.days(inside).stream())
                .toList();
    }

    private void replay(Shadow shadow, List<Projection> replayed, Moment moment, long end) {
        progress.processed(reached(replayed));
        new OpenedAhead(source, opener)
                .read(
                        reached(replayed),
                        end,
                        replayed.stream()
                                .map(one -> taker(shadow, one, moment.position(one.projector()), replayed))
                                .toList());
    }

    private Consumer<List<Received>> taker(
            Shadow shadow, Projection projection, long until, List<Projection> replayed) {
        return batch -> {
            looks(batch).forEach(look -> shadow.expect(projection.projector(), look));
            projection.apply(
                    batch.stream().filter(item -> item.position() <= until).toList());
            synchronized (progress) {
                progress.processed(reached(replayed));
            }
        };
    }

    /** Few events make a projector look for rows; there may be many of those. */
    private static Set<ShadowIndexes.Look> looks(List<Received> batch) {
        Set<ShadowIndexes.Look> looks = EnumSet.noneOf(ShadowIndexes.Look.class);
        for (Received item : batch) {
            if (item instanceof Received.Readable readable && readable.opened() instanceof Opened.Clear clear) {
                if (clear.envelope().event() instanceof ErasureEvent.SubjectKeysDestroyed) {
                    looks.add(ShadowIndexes.Look.SUBJECT);
                } else if (clear.envelope().event() instanceof RetentionEvent.AuditYearPruned
                        || clear.envelope().event() instanceof TenantErasureEvent.TenantKeysDestroyed) {
                    looks.add(ShadowIndexes.Look.ANY);
                }
            }
        }
        return looks;
    }

    /** The position that all have. */
    private static long reached(List<Projection> replayed) {
        return replayed.stream()
                .mapToLong(projection -> projection.place().position())
                .min()
                .orElse(0);
    }

    private void compare(Shadow shadow, List<Projection> replayed, Moment moment, List<Table<?>> tables) {
        List<Day> days = new ArrayList<>();
        Map<String, String> digests = shadow.dsl().transactionResult(transaction -> {
            Map<String, String> all = Digests.of(transaction.dsl(), tables);
            days.addAll(days(transaction.dsl()));
            return all;
        });
        Map<String, ReplayView.Digest> both = new TreeMap<>();
        Set<String> unequal = new HashSet<>();
        moment.digests().forEach((table, digest) -> {
            String replayedDigest = Objects.requireNonNull(digests.get(table));
            both.put(table, new ReplayView.Digest(digest, replayedDigest));
            if (!digest.equals(replayedDigest)) {
                unequal.add(table);
            }
        });
        List<Difference> differences = new ArrayList<>(shadow.unreadable());
        for (Projection projection : replayed) {
            Projector projector = projection.projector();
            projector.held(live, shadow.dsl(), moment.position(projector)).ifPresent(held -> {
                both.put(held.table(), new ReplayView.Digest(held.live(), held.replayed()));
                held.findings()
                        .forEach(one ->
                                differences.add(new Difference(held.table(), one.kind(), one.tenant(), one.key())));
            });
            List<Table<?>> suspects = projection.projector().tables().stream()
                    .filter(table -> unequal.contains(table.getName()))
                    .toList();
            if (!suspects.isEmpty()) {
                whileTheFeedWaits(
                        projection,
                        transaction -> suspects.forEach(
                                table -> differences.addAll(Difference.between(transaction, shadow, table))));
            }
        }
        progress.compared(both, differences, Days.of(moment.days(), days));
    }

    private void replace(Shadow shadow, Projection projection) {
        for (int round = 0; round < ROUNDS; round++) {
            long ahead = place(live, projection).position();
            if (ahead - projection.place().position() <= CLOSE) {
                break;
            }
            catchUp(projection, ahead);
        }
        whileTheFeedWaits(projection, transaction -> shadow.replaceLive(transaction, projection.projector()));
    }

    /** Brings the replayed read model to the live one's position and keeps both there: the feed waits for the row. */
    private void whileTheFeedWaits(Projection projection, Consumer<DSLContext> then) {
        live.transaction(transaction -> {
            DSLContext inside = transaction.dsl();
            // Better to fail than to stand in the way of readers for long.
            inside.execute("set local lock_timeout = '10s'");
            inside.selectOne()
                    .from(PROJECTION)
                    .where(PROJECTION.NAME.eq(projection.projector().name()))
                    .and(PROJECTION.LANE.eq((short) LANE))
                    .forUpdate()
                    .execute();
            catchUp(projection, place(inside, projection).position());
            then.accept(inside);
        });
    }

    private void catchUp(Projection projection, long position) {
        if (position > projection.place().position()) {
            source.read(projection.place().position(), position, batch -> projection.apply(open(batch)));
        }
    }

    private static Place place(DSLContext view, Projection projection) {
        return Places.of(Places.read(view, LANE), projection.projector());
    }

    private List<Received> open(List<StoredEvent> batch) {
        return batch.stream()
                .map(event -> opener.open(event, Received.NO_OFFSET))
                .toList();
    }
}
