package io.byok.command.validation;

import static io.byok.command.jooq.head.tables.KeyHealth.KEY_HEALTH;

import io.byok.command.head.KeyHead;
import io.byok.command.store.Alongside;
import io.byok.command.store.Pending;
import java.sql.Connection;
import java.time.OffsetDateTime;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/** That a key's date was told, once per date, whichever node tells it first. */
final class Reminded implements Alongside<Reminder> {

    /** Another node was first. */
    static final class Already extends RuntimeException {

        @java.io.Serial
        private static final long serialVersionUID = 1L;

        Already() {
            super("told before", null, false, false);
        }
    }

    static TableField<?, OffsetDateTime> told(Reminder.What what) {
        return switch (what) {
            case EXPIRES -> KEY_HEALTH.EXPIRY_TOLD;
            case ROTATE -> KEY_HEALTH.ROTATION_TOLD;
        };
    }

    @Override
    public void admit(Connection connection, List<Pending<Reminder>> items) {
        DSLContext batch = DSL.using(connection, SQLDialect.POSTGRES);
        for (Pending<Reminder> item : items) {
            Reminder reminder = item.value();
            boolean before = batch.fetchExists(batch.selectFrom(KEY_HEALTH)
                    .where(KEY_HEALTH.KEY.eq(reminder.head().key().value()))
                    .and(told(reminder.what()).eq(HealthRows.utc(reminder.due()))));
            if (before) {
                item.refuse(new Already());
            }
        }
    }

    @Override
    public void write(Connection connection, List<Pending<Reminder>> items) {
        DSLContext batch = DSL.using(connection, SQLDialect.POSTGRES);
        for (Pending<Reminder> item : items) {
            Reminder reminder = item.value();
            KeyHead head = reminder.head();
            OffsetDateTime due = HealthRows.utc(reminder.due());
            batch.insertInto(KEY_HEALTH)
                    .set(KEY_HEALTH.KEY, head.key().value())
                    .set(KEY_HEALTH.TENANT, head.tenant().value())
                    .set(KEY_HEALTH.VERSION, head.version())
                    .set(KEY_HEALTH.STATE, State.UNKNOWN.code())
                    .set(told(reminder.what()), due)
                    .onConflict(KEY_HEALTH.KEY)
                    .doUpdate()
                    .set(told(reminder.what()), due)
                    .execute();
        }
    }
}
