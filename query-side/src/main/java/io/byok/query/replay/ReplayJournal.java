package io.byok.query.replay;

import static io.byok.query.jooq.Tables.REPLAY;

import io.byok.kernel.TenantId;
import io.byok.query.feed.Rows;
import io.byok.query.jooq.tables.records.ReplayRecord;
import io.byok.query.trail.ReplayNote;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The replays that were asked for, with progress and outcome, where every node finds them. */
final class ReplayJournal {

    static final String RUNNING = "running";
    static final String SUCCEEDED = "succeeded";
    static final String FAILED = "failed";
    static final String INTERRUPTED = "interrupted";

    private static final int MOST_LISTED = 100;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final DSLContext view;
    private final InstantSource clock;
    private final @Nullable SignedReports reports;

    /** Makes no reports. */
    ReplayJournal(DSLContext view, InstantSource clock) {
        this(view, clock, null);
    }

    ReplayJournal(DSLContext view, InstantSource clock, @Nullable SignedReports reports) {
        this.view = view;
        this.clock = clock;
        this.reports = reports;
    }

    /** Notes a replay that begins now, for the audit as well. @param requestId absent when nobody waits for it */
    void open(
            ReplayId id,
            TenantId tenant,
            String actor,
            @Nullable String requestId,
            String projection,
            ReplayMode mode,
            long generation) {
        ReplayRecord row = new ReplayRecord();
        row.setId(id.value());
        row.setTenant(tenant.value());
        row.setActor(actor);
        row.setProjection(projection);
        row.setMode(mode.word());
        row.setStatus(RUNNING);
        row.setGeneration(generation);
        Instant now = clock.instant();
        row.setStartedAt(Rows.utc(now));
        ReplayNote begun =
                new ReplayNote(tenant.value(), actor, requestId, id.text(), projection, mode.word(), null, 0, now);
        view.transaction(transaction -> {
            transaction.dsl().insertInto(REPLAY).set(row).execute();
            begun.write(transaction.dsl());
        });
    }

    void begins(ReplayId id, long total, long position) {
        view.update(REPLAY)
                .set(REPLAY.TOTAL, total)
                .set(REPLAY.POSITION, position)
                .where(REPLAY.ID.eq(id.value()))
                .execute();
    }

    void processed(ReplayId id, long events) {
        view.update(REPLAY)
                .set(REPLAY.PROCESSED, events)
                .where(REPLAY.ID.eq(id.value()))
                .execute();
    }

    void compared(ReplayId id, Map<String, ReplayView.Digest> digests, List<Difference> differences, List<Days> days) {
        view.update(REPLAY)
                .set(REPLAY.DAYS, JSONB.valueOf(JSON.writeValueAsString(days)))
                .set(REPLAY.DIGESTS, JSONB.valueOf(JSON.writeValueAsString(digests)))
                .set(REPLAY.DIFFERENCES, JSONB.valueOf(JSON.writeValueAsString(differences)))
                .where(REPLAY.ID.eq(id.value()))
                .execute();
    }

    /** Notes that a replay has ended, for the audit as well. */
    void close(ReplayId id, String status, @Nullable String failure) {
        Instant now = clock.instant();
        view.transaction(transaction -> {
            DSLContext inside = transaction.dsl();
            ReplayRecord row = inside.update(REPLAY)
                    .set(REPLAY.STATUS, status)
                    .set(REPLAY.FAILURE, failure)
                    .set(REPLAY.FINISHED_AT, Rows.utc(now))
                    .where(REPLAY.ID.eq(id.value()))
                    .returning()
                    .fetchSingle();
            if (reports != null && !status.equals(INTERRUPTED)) {
                inside.update(REPLAY)
                        .set(REPLAY.REPORT, reports.of(row))
                        .where(REPLAY.ID.eq(id.value()))
                        .execute();
            }
            new ReplayNote(
                            row.getTenant(),
                            row.getActor(),
                            null,
                            id.text(),
                            row.getProjection(),
                            row.getMode(),
                            ReplayShown.outcome(row),
                            row.getPosition(),
                            now)
                    .write(inside);
        });
    }

    /** Empty when there is none, or another tenant asked for it. */
    Optional<ReplayView> find(TenantId tenant, ReplayId id) {
        Instant now = clock.instant();
        return view.selectFrom(REPLAY)
                .where(REPLAY.TENANT.eq(tenant.value()))
                .and(REPLAY.ID.eq(id.value()))
                .fetchOptional()
                .map(row -> ReplayShown.of(row, now));
    }

    /** What it found, signed. Empty as long as there is no such thing. */
    Optional<String> report(TenantId tenant, ReplayId id) {
        return view.select(REPLAY.REPORT)
                .from(REPLAY)
                .where(REPLAY.TENANT.eq(tenant.value()))
                .and(REPLAY.ID.eq(id.value()))
                .and(REPLAY.REPORT.isNotNull())
                .fetchOptional(REPLAY.REPORT);
    }

    /** The last ones, newest first. */
    List<ReplayView> list(TenantId tenant) {
        Instant now = clock.instant();
        return view
                .selectFrom(REPLAY)
                .where(REPLAY.TENANT.eq(tenant.value()))
                .orderBy(REPLAY.ID.desc())
                .limit(MOST_LISTED)
                .stream()
                .map(row -> ReplayShown.of(row, now))
                .toList();
    }
}
