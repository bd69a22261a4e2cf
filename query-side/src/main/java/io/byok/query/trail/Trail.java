package io.byok.query.trail;

import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.trail.TrailEvent;
import io.byok.platform.web.Caller;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Says to the command side who read the audit. What was said is durable when a method returns; the log has it a second
 * later, or when a node with the command side runs again. The table is the other side's, and this is all that is known of
 * it here.
 */
public final class Trail {

    /** Kinds of reads that are told apart of one tenant until they are in the log; the rest is one count. */
    static final int MOST_OF_A_TENANT = 200;

    // A kind that is there already is counted where it is, however many others there are.
    private static final String READ = """
            insert into log.reading as r (tenant, actor, operation, key, subject, opened_at, first_at, times)
            select k.tenant,
                   case when k.fits then k.actor else 'system:trail' end,
                   case when k.fits then k.operation else {6} end,
                   case when k.fits then k.key end,
                   case when k.fits then k.subject end,
                   k.at, k.at, 1
              from (select s.*,
                           (select count(*) from log.reading o where o.tenant = s.tenant) < {5}
                           or exists (select from log.reading o
                                       where o.tenant = s.tenant and o.actor = s.actor and o.operation = s.operation
                                         and o.key is not distinct from s.key
                                         and o.subject is not distinct from s.subject) as fits
                      from (select {0}::uuid as tenant, {1}::text as actor, {2}::text as operation,
                                   {3}::uuid as key, {4}::uuid as subject, {7}::timestamptz as at) s) k
            on conflict (tenant, actor, operation, key, subject)
            do update set times = r.times + 1, first_at = coalesce(r.first_at, excluded.first_at)""";

    private final DSLContext database;
    private final InstantSource clock;

    /** @param database as the read side itself, not as a request */
    public Trail(DSLContext database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Somebody reads the audit.
     *
     * @param operation a method and a path as the description of the API writes them
     * @param key the key that is asked about
     * @param subject the end user who is asked about
     */
    void read(Caller caller, String operation, @Nullable KeyId key, @Nullable SubjectId subject) {
        database.execute(
                READ,
                caller.tenant().value(),
                caller.actor(),
                operation,
                key == null ? null : key.value(),
                subject == null ? null : subject.value(),
                MOST_OF_A_TENANT,
                TrailEvent.MANY,
                now());
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
