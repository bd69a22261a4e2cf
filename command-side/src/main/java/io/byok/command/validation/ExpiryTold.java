package io.byok.command.validation;

import static io.byok.command.jooq.head.tables.KeyHealth.KEY_HEALTH;

import io.byok.command.head.KeyHead;
import io.byok.command.store.Alongside;
import io.byok.command.store.Pending;
import java.sql.Connection;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** That a key's coming expiry is told, once per date, whichever node tells it first. */
final class ExpiryTold implements Alongside<KeyHead> {

    /** Another node was first. */
    static final class Already extends RuntimeException {

        @java.io.Serial
        private static final long serialVersionUID = 1L;

        Already() {
            super("told before", null, false, false);
        }
    }

    @Override
    public void admit(Connection connection, List<Pending<KeyHead>> items) {
        DSLContext batch = DSL.using(connection, SQLDialect.POSTGRES);
        for (Pending<KeyHead> item : items) {
            boolean told = batch.fetchExists(batch.selectFrom(KEY_HEALTH)
                    .where(KEY_HEALTH.KEY.eq(item.value().key().value()))
                    .and(KEY_HEALTH.EXPIRY_TOLD.eq(
                            HealthRows.utc(item.value().policy().expiresAt()))));
            if (told) {
                item.refuse(new Already());
            }
        }
    }

    @Override
    public void write(Connection connection, List<Pending<KeyHead>> items) {
        DSLContext batch = DSL.using(connection, SQLDialect.POSTGRES);
        for (Pending<KeyHead> item : items) {
            KeyHead head = item.value();
            batch.insertInto(KEY_HEALTH)
                    .set(KEY_HEALTH.KEY, head.key().value())
                    .set(KEY_HEALTH.TENANT, head.tenant().value())
                    .set(KEY_HEALTH.VERSION, head.version())
                    .set(KEY_HEALTH.STATE, State.UNKNOWN.code())
                    .set(KEY_HEALTH.EXPIRY_TOLD, HealthRows.utc(head.policy().expiresAt()))
                    .onConflict(KEY_HEALTH.KEY)
                    .doUpdate()
                    .set(KEY_HEALTH.EXPIRY_TOLD, HealthRows.utc(head.policy().expiresAt()))
                    .execute();
        }
    }
}
