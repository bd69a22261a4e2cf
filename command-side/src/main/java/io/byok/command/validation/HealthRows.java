package io.byok.command.validation;

import static io.byok.command.jooq.head.tables.KeyHead.KEY_HEAD;
import static io.byok.command.jooq.head.tables.KeyHealth.KEY_HEALTH;

import io.byok.command.head.KeyHead;
import io.byok.command.store.Alongside;
import io.byok.command.store.Pending;
import io.byok.kernel.KeyId;
import io.byok.kernel.TenantId;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.types.DayToSecond;
import org.jspecify.annotations.Nullable;

/** {@code head.key_health}: state, live success and the schedule of each key. */
final class HealthRows implements Alongside<Health> {

    /** How much the newest live call counts against all before it. */
    private static final float NEWEST_COUNTS = 0.1f;

    /** A key that is due, and whose. */
    record Due(TenantId tenant, KeyId key) {}

    private final DSLContext database;

    HealthRows(DSLContext database) {
        this.database = database;
    }

    @Override
    public void write(Connection connection, List<Pending<Health>> items) {
        DSLContext batch = DSL.using(connection, SQLDialect.POSTGRES);
        for (Pending<Health> item : items) {
            Health health = item.value();
            batch.insertInto(KEY_HEALTH)
                    .set(KEY_HEALTH.KEY, health.key().value())
                    .set(KEY_HEALTH.TENANT, health.tenant().value())
                    .set(KEY_HEALTH.VERSION, health.version())
                    .set(KEY_HEALTH.STATE, health.state().code())
                    .set(KEY_HEALTH.SCORE, (short) health.score())
                    .set(KEY_HEALTH.CHECKED_AT, utc(health.checkedAt()))
                    .set(KEY_HEALTH.NEXT_CHECK_AT, utc(health.nextCheckAt()))
                    .onConflict(KEY_HEALTH.KEY)
                    .doUpdate()
                    .set(KEY_HEALTH.VERSION, health.version())
                    .set(KEY_HEALTH.STATE, health.state().code())
                    .set(KEY_HEALTH.SCORE, (short) health.score())
                    .set(KEY_HEALTH.CHECKED_AT, utc(health.checkedAt()))
                    .set(KEY_HEALTH.NEXT_CHECK_AT, utc(health.nextCheckAt()))
                    .execute();
        }
    }

    /** The share of late live calls that succeeded, or -1 when none is known. */
    double success(KeyId key) {
        Float success = database.select(KEY_HEALTH.SUCCESS)
                .from(KEY_HEALTH)
                .where(KEY_HEALTH.KEY.eq(key.value()))
                .fetchOne(KEY_HEALTH.SUCCESS);
        return success == null ? -1 : success;
    }

    boolean checkedSince(KeyId key, Instant at) {
        return database.fetchExists(database.selectFrom(KEY_HEALTH)
                .where(KEY_HEALTH.KEY.eq(key.value()))
                .and(KEY_HEALTH.CHECKED_AT.ge(utc(at))));
    }

    /** One live call more. */
    void observed(TenantId tenant, KeyId key, int version, boolean succeeded) {
        float now = succeeded ? 1 : 0;
        database.insertInto(KEY_HEALTH)
                .set(KEY_HEALTH.KEY, key.value())
                .set(KEY_HEALTH.TENANT, tenant.value())
                .set(KEY_HEALTH.VERSION, version)
                .set(KEY_HEALTH.STATE, State.UNKNOWN.code())
                .set(KEY_HEALTH.SUCCESS, now)
                .onConflict(KEY_HEALTH.KEY)
                .doUpdate()
                .set(
                        KEY_HEALTH.SUCCESS,
                        DSL.coalesce(KEY_HEALTH.SUCCESS, now)
                                .times(1 - NEWEST_COUNTS)
                                .plus(now * NEWEST_COUNTS))
                .execute();
    }

    /** Has a key asked about at an instant, unless it is due before. */
    void dueAt(TenantId tenant, KeyId key, int version, Instant at) {
        database.insertInto(KEY_HEALTH)
                .set(KEY_HEALTH.KEY, key.value())
                .set(KEY_HEALTH.TENANT, tenant.value())
                .set(KEY_HEALTH.VERSION, version)
                .set(KEY_HEALTH.STATE, State.UNKNOWN.code())
                .set(KEY_HEALTH.NEXT_CHECK_AT, utc(at))
                .onConflict(KEY_HEALTH.KEY)
                .doUpdate()
                .set(
                        KEY_HEALTH.NEXT_CHECK_AT,
                        DSL.least(KEY_HEALTH.NEXT_CHECK_AT, DSL.excluded(KEY_HEALTH.NEXT_CHECK_AT)))
                .execute();
    }

    /**
     * Takes keys that are due, each for one node: a node that dies with them leaves them to the next after the lease.
     * Keys that can no longer be asked about leave the schedule here.
     */
    List<Due> take(Instant now, Duration lease, int most) {
        return database.transactionResult(transaction -> {
            DSLContext tx = transaction.dsl();
            List<Due> due = tx.select(KEY_HEALTH.TENANT, KEY_HEALTH.KEY)
                    .from(KEY_HEALTH)
                    .where(KEY_HEALTH.NEXT_CHECK_AT.le(utc(now)))
                    .orderBy(KEY_HEALTH.NEXT_CHECK_AT)
                    .limit(most)
                    .forUpdate()
                    .skipLocked()
                    .fetch(row -> new Due(new TenantId(row.value1()), new KeyId(row.value2())));
            tx.update(KEY_HEALTH)
                    .set(KEY_HEALTH.NEXT_CHECK_AT, utc(now.plus(lease)))
                    .where(KEY_HEALTH.KEY.in(
                            due.stream().map(one -> one.key().value()).toList()))
                    .execute();
            return due;
        });
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
                .and(KEY_HEAD.EXPIRES_AT.gt(utc(now)))
                .and(KEY_HEAD.EXPIRES_AT.le(utc(before)))
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
                .and(KEY_HEAD.VERSION_SINCE.le(utc(before.minus(longest))))
                .and(KEY_HEALTH.ROTATION_TOLD.isDistinctFrom(KEY_HEAD.VERSION_SINCE.plus(DayToSecond.valueOf(longest))))
                .orderBy(KEY_HEAD.VERSION_SINCE)
                .limit(most)
                .fetch(row -> new Due(new TenantId(row.value1()), new KeyId(row.value2())));
    }

    static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
