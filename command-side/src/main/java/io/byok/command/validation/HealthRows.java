package io.byok.command.validation;

import static io.byok.command.jooq.head.tables.KeyHealth.KEY_HEALTH;

import io.byok.command.store.Alongside;
import io.byok.command.store.Pending;
import io.byok.kernel.KeyId;
import io.byok.kernel.TenantId;
import java.sql.Connection;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** {@code head.key_health}: state and live success of each key. When each is due: {@link DueRows}. */
final class HealthRows implements Alongside<Health> {

    /** How much the newest live call counts against all before it. */
    private static final float NEWEST_COUNTS = 0.1f;

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

    static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
