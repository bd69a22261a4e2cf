package io.byok.command.validation;

import static io.byok.command.jooq.head.tables.KeyHead.KEY_HEAD;
import static io.byok.command.jooq.head.tables.KeyHealth.KEY_HEALTH;

import io.byok.command.head.KeyHead;
import io.byok.kernel.KeyId;
import io.byok.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.types.DayToSecond;
import org.jspecify.annotations.Nullable;

/** {@code head.key_health}: when each key is to be asked about, and which dates of keys come near. */
final class DueRows {

    /** A key that is due, and whose. */
    record Due(TenantId tenant, KeyId key) {}

    private final DSLContext database;

    DueRows(DSLContext database) {
        this.database = database;
    }

    /** Has a key asked about at an instant, unless it is due before. */
    void dueAt(TenantId tenant, KeyId key, int version, Instant at) {
        database.insertInto(KEY_HEALTH)
                .set(KEY_HEALTH.KEY, key.value())
                .set(KEY_HEALTH.TENANT, tenant.value())
                .set(KEY_HEALTH.VERSION, version)
                .set(KEY_HEALTH.STATE, State.UNKNOWN.code())
                .set(KEY_HEALTH.NEXT_CHECK_AT, HealthRows.utc(at))
                .onConflict(KEY_HEALTH.KEY)
                .doUpdate()
                .set(
                        KEY_HEALTH.NEXT_CHECK_AT,
                        DSL.least(KEY_HEALTH.NEXT_CHECK_AT, DSL.excluded(KEY_HEALTH.NEXT_CHECK_AT)))
                .execute();
    }

    /** Takes keys that are due, each for one node: a node that dies with them leaves them to the next after the lease. */
    List<Due> take(Instant now, Duration lease, int most) {
        return database.transactionResult(transaction -> {
            DSLContext tx = transaction.dsl();
            List<Due> due = tx.select(KEY_HEALTH.TENANT, KEY_HEALTH.KEY)
                    .from(KEY_HEALTH)
                    .where(KEY_HEALTH.NEXT_CHECK_AT.le(HealthRows.utc(now)))
                    .orderBy(KEY_HEALTH.NEXT_CHECK_AT)
                    .limit(most)
                    .forUpdate()
                    .skipLocked()
                    .fetch(row -> new Due(new TenantId(row.value1()), new KeyId(row.value2())));
            tx.update(KEY_HEALTH)
                    .set(KEY_HEALTH.NEXT_CHECK_AT, HealthRows.utc(now.plus(lease)))
                    .where(KEY_HEALTH.KEY.in(
                            due.stream().map(one -> one.key().value()).toList()))
                    .execute();
            return due;
        });
    }

    /** Since when the key that waits longest is due; absent when none is. */
    @Nullable
    Instant dueSince(Instant now) {
        OffsetDateTime since = database.select(DSL.min(KEY_HEALTH.NEXT_CHECK_AT))
                .from(KEY_HEALTH)
                .where(KEY_HEALTH.NEXT_CHECK_AT.le(HealthRows.utc(now)))
                .fetchSingle()
                .value1();
        return since == null ? null : since.toInstant();
    }

    /** Has nobody ask about keys before an instant. */
    void putOff(Collection<KeyId> keys, Instant until) {
        database.update(KEY_HEALTH)
                .set(KEY_HEALTH.NEXT_CHECK_AT, HealthRows.utc(until))
                .where(KEY_HEALTH.KEY.in(keys.stream().map(KeyId::value).toList()))
                .execute();
    }

    /** Takes a key off the schedule. */
    void never(KeyId key) {
        database.update(KEY_HEALTH)
                .setNull(KEY_HEALTH.NEXT_CHECK_AT)
                .where(KEY_HEALTH.KEY.eq(key.value()))
                .execute();
    }

    /** Keys that expire before an instant and were not reminded of it, with the date. */
    List<Due> expiring(Instant now, Instant before, int most) {
        return database.select(KEY_HEAD.TENANT, KEY_HEAD.KEY)
                .from(KEY_HEAD)
                .leftJoin(KEY_HEALTH)
                .on(KEY_HEALTH.KEY.eq(KEY_HEAD.KEY))
                .where(KEY_HEAD.STATUS.le(KeyHead.Status.DISABLED.code()))
                .and(KEY_HEAD.EXPIRES_AT.gt(HealthRows.utc(now)))
                .and(KEY_HEAD.EXPIRES_AT.le(HealthRows.utc(before)))
                .and(KEY_HEALTH.EXPIRY_TOLD.isDistinctFrom(KEY_HEAD.EXPIRES_AT))
                .limit(most)
                .fetch(row -> new Due(new TenantId(row.value1()), new KeyId(row.value2())));
    }

    /**
     * Keys whose credential will have served for {@code longest} before an instant, or has, and that were not reminded of
     * it; the longest serving first.
     */
    List<Due> ageing(Instant before, Duration longest, int most) {
        return database.select(KEY_HEAD.TENANT, KEY_HEAD.KEY)
                .from(KEY_HEAD)
                .leftJoin(KEY_HEALTH)
                .on(KEY_HEALTH.KEY.eq(KEY_HEAD.KEY))
                .where(KEY_HEAD.STATUS.le(KeyHead.Status.DISABLED.code()))
                .and(KEY_HEAD.VERSION_SINCE.le(HealthRows.utc(before.minus(longest))))
                .and(KEY_HEALTH.ROTATION_TOLD.isDistinctFrom(KEY_HEAD.VERSION_SINCE.plus(DayToSecond.valueOf(longest))))
                .orderBy(KEY_HEAD.VERSION_SINCE)
                .limit(most)
                .fetch(row -> new Due(new TenantId(row.value1()), new KeyId(row.value2())));
    }
}
