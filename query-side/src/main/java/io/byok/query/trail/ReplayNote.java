package io.byok.query.trail;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * That a replay has begun or ended, for the log.
 *
 * @param tenant who asked for it
 * @param actor likewise
 * @param requestId likewise; absent when nobody waits for it
 * @param outcome as the event says it; absent when it has begun
 * @param position up to which history was replayed
 */
public record ReplayNote(
        UUID tenant,
        String actor,
        @Nullable String requestId,
        String replay,
        String projection,
        String mode,
        @Nullable String outcome,
        long position,
        Instant at) {

    private static final String INSERT = "insert into log.replay_note"
            + " (tenant, actor, request_id, replay, projection, mode, outcome, position, at)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz)";

    /** @param inside the transaction in which it becomes true */
    public void write(DSLContext inside) {
        inside.execute(
                INSERT,
                tenant,
                actor,
                requestId,
                replay,
                projection,
                mode,
                outcome,
                position,
                at.atOffset(ZoneOffset.UTC));
    }
}
