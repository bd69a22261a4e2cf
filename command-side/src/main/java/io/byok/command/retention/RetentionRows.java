package io.byok.command.retention;

import static io.byok.command.jooq.head.Tables.RETENTION;

import io.byok.command.head.LegalHolds;
import io.byok.command.retention.domain.RetentionDecider;
import io.byok.command.retention.domain.RetentionRefusal;
import io.byok.command.store.Alongside;
import io.byok.command.store.Pending;
import io.byok.kernel.HoldId;
import io.byok.kernel.Rejection;
import io.byok.kernel.erase.DestroyedKey;
import io.byok.platform.seal.Tombstone;
import io.byok.platform.seal.Tombstones;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * Carries retention out in the transaction of its events. A year goes only when no legal hold protects any of it, looked up
 * under the append lock, and only with the very keys that the event names.
 */
final class RetentionRows implements Alongside<RetentionStep> {

    /** Stands in the tombstones. */
    static final String BASIS = "retention";

    @Override
    public void admit(Connection connection, List<Pending<RetentionStep>> items) throws SQLException {
        for (Pending<RetentionStep> item : items) {
            if (item.value() instanceof RetentionStep.Pruned pruned) {
                Optional<HoldId> hold = LegalHolds.on(
                        connection,
                        pruned.tenant(),
                        RetentionDecider.begin(pruned.year()),
                        RetentionDecider.begin(pruned.year() + 1));
                if (hold.isPresent()) {
                    item.refuse(new Rejection(RetentionRefusal.HELD, "The legal hold " + hold.get() + "."));
                } else if (!named(keys(connection, pruned)).equals(pruned.dataKeys())) {
                    item.refuse(new IllegalStateException("the year's keys were wrapped anew meanwhile"));
                }
            }
        }
    }

    @Override
    public void write(Connection connection, List<Pending<RetentionStep>> items) throws SQLException {
        DSLContext batch = DSL.using(connection, SQLDialect.POSTGRES);
        for (Pending<RetentionStep> item : items) {
            switch (item.value()) {
                case RetentionStep.Limited limited ->
                    batch.insertInto(RETENTION)
                            .set(RETENTION.TENANT, limited.tenant().value())
                            .set(RETENTION.DAYS, limited.days())
                            .set(RETENTION.APPLIES_AT, limited.appliesAt().atOffset(ZoneOffset.UTC))
                            .onConflict(RETENTION.TENANT)
                            .doUpdate()
                            .set(RETENTION.DAYS, limited.days())
                            .set(RETENTION.APPLIES_AT, limited.appliesAt().atOffset(ZoneOffset.UTC))
                            .execute();
                case RetentionStep.Unlimited unlimited ->
                    batch.deleteFrom(RETENTION)
                            .where(RETENTION.TENANT.eq(unlimited.tenant().value()))
                            .execute();
                case RetentionStep.Pruned pruned -> {
                    List<Tombstone> keys = keys(connection, pruned);
                    Tombstones.delete(connection, keys);
                    Tombstones.bury(connection, keys);
                }
            }
        }
    }

    private static List<Tombstone> keys(Connection connection, RetentionStep.Pruned pruned) throws SQLException {
        return Tombstones.ofYear(connection, pruned.tenant(), pruned.year(), BASIS, pruned.at());
    }

    static List<DestroyedKey> named(List<Tombstone> keys) {
        return keys.stream()
                .map(one -> new DestroyedKey(
                        one.ref().id().toString(),
                        one.ref().version(),
                        one.ref().kind().word(),
                        one.wrapHash()))
                .toList();
    }
}
