package io.byok.command.head;

import static io.byok.command.jooq.head.Tables.IDEMPOTENCY;

import io.byok.command.store.Alongside;
import io.byok.command.store.Pending;
import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.TenantId;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers, in the transaction of the command itself, that a request was carried out. Of any number of concurrent
 * repeats exactly one is written; the others fail with {@link AlreadyAnswered}.
 */
public final class IdempotencyRecords implements Alongside<IdempotencyRecord> {

    private static final Logger LOG = LoggerFactory.getLogger(IdempotencyRecords.class);

    /** Repeats later than this are new requests. */
    static final Duration REMEMBERED = Duration.ofHours(24);

    /** Thrown to the repeats; carries what the first one led to, when it is committed already. */
    public static final class AlreadyAnswered extends RuntimeException {

        private static final long serialVersionUID = 1L;

        AlreadyAnswered() {
            super("already answered", null, false, false);
        }
    }

    private final DSLContext database;
    private final Clock clock;

    public IdempotencyRecords(DSLContext database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What an earlier request with this key led to. */
    public Optional<IdempotencyRecord> find(TenantId tenant, byte[] keyHash) {
        return database.selectFrom(IDEMPOTENCY)
                .where(IDEMPOTENCY.TENANT.eq(tenant.value()))
                .and(IDEMPOTENCY.KEY_HASH.eq(keyHash))
                .fetchOptional(IdempotencyRecords::record);
    }

    /** Forgets the requests that led to these streams. */
    public static void forget(Connection connection, TenantId tenant, Collection<UUID> streams) {
        using(connection)
                .deleteFrom(IDEMPOTENCY)
                .where(IDEMPOTENCY.TENANT.eq(tenant.value()))
                .and(IDEMPOTENCY.STREAM.eq(DSL.any(streams.toArray(UUID[]::new))))
                .and(IDEMPOTENCY.STREAM_TYPE.in(StreamType.KEY.code(), StreamType.SUBJECT.code()))
                .execute();
    }

    /** Forgets what is too old to be repeated. Returns how many. */
    int forgetOld() {
        return database.deleteFrom(IDEMPOTENCY)
                .where(IDEMPOTENCY.CREATED_AT.lt(
                        clock.instant().minus(REMEMBERED).atOffset(ZoneOffset.UTC)))
                .execute();
    }

    /** As {@link #forgetOld}, for a timer: one that fails once would never run again. */
    void forgetOldQuietly() {
        try {
            forgetOld();
        } catch (RuntimeException away) {
            LOG.debug("old idempotency records are forgotten later: {}", away.toString());
        }
    }

    @Override
    public void admit(Connection connection, List<Pending<IdempotencyRecord>> items) {
        Set<String> taken = new HashSet<>();
        using(connection)
                .select(IDEMPOTENCY.TENANT, IDEMPOTENCY.KEY_HASH)
                .from(IDEMPOTENCY)
                .where(DSL.row(IDEMPOTENCY.TENANT, IDEMPOTENCY.KEY_HASH)
                        .in(items.stream()
                                .map(item -> DSL.row(
                                        item.value().tenant().value(),
                                        item.value().keyHash()))
                                .toList()))
                .forEach(row -> taken.add(row.value1() + HexFormat.of().formatHex(row.value2())));
        for (Pending<IdempotencyRecord> item : items) {
            if (!taken.add(item.value().slot())) {
                item.refuse(new AlreadyAnswered());
            }
        }
    }

    @Override
    public void write(Connection connection, List<Pending<IdempotencyRecord>> items) {
        DSLContext batch = using(connection);
        batch.batch(items.stream()
                        .map(item -> batch.insertInto(IDEMPOTENCY)
                                .set(IDEMPOTENCY.TENANT, item.value().tenant().value())
                                .set(IDEMPOTENCY.KEY_HASH, item.value().keyHash())
                                .set(IDEMPOTENCY.FINGERPRINT, item.value().fingerprint())
                                .set(
                                        IDEMPOTENCY.STREAM_TYPE,
                                        item.value().stream().type().code())
                                .set(IDEMPOTENCY.STREAM, item.value().stream().value())
                                .set(IDEMPOTENCY.SEQUENCE, item.value().sequence())
                                .set(IDEMPOTENCY.POSITION, item.lastPosition())
                                .set(IDEMPOTENCY.ANSWER, item.value().answer().get())
                                .set(IDEMPOTENCY.CREATED_AT, clock.instant().atOffset(ZoneOffset.UTC)))
                        .toList())
                .execute();
    }

    private static IdempotencyRecord record(io.byok.command.jooq.head.tables.records.IdempotencyRecord row) {
        return new IdempotencyRecord(
                new TenantId(row.getTenant()),
                row.getKeyHash(),
                row.getFingerprint(),
                new StreamId(StreamType.of(row.getStreamType()), row.getStream()),
                row.getSequence(),
                row.getPosition(),
                row::getAnswer);
    }

    private static DSLContext using(Connection connection) {
        return DSL.using(connection, SQLDialect.POSTGRES);
    }
}
