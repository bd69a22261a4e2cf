package io.byok.query.key;

import static io.byok.query.jooq.Tables.KEY_HEALTH;
import static io.byok.query.jooq.Tables.KEY_VALIDATION;
import static io.byok.query.jooq.Tables.KEY_VERSION;
import static io.byok.query.jooq.Tables.KEY_VIEW;

import io.byok.kernel.KeyId;
import io.byok.kernel.erase.ErasureEvent;
import io.byok.kernel.erase.TenantErasureEvent;
import io.byok.kernel.key.KeyEvent;
import io.byok.kernel.use.Use;
import io.byok.kernel.use.UseEvent;
import io.byok.query.feed.Batch;
import io.byok.query.feed.CopyRows;
import io.byok.query.feed.Projector;
import io.byok.query.feed.Rows;
import io.byok.query.jooq.tables.records.KeyVersionRecord;
import io.byok.query.jooq.tables.records.KeyViewRecord;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/** Keeps the key list: loads the rows a batch touches, folds, writes them back. */
public final class KeyProjector implements Projector {

    @Override
    public String name() {
        return "keys";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(KEY_VIEW, KEY_VERSION, KEY_HEALTH, KEY_VALIDATION);
    }

    @Override
    public Set<Table<?>> appended() {
        return Set.of(KEY_VALIDATION);
    }

    @Override
    public void apply(DSLContext view, Batch batch) {
        Set<UUID> known = new LinkedHashSet<>();
        Map<UUID, OffsetDateTime> used = new HashMap<>();
        batch.each(KeyEvent.class, (envelope, event) -> {
            if (envelope.sequence() > 0) {
                known.add(event.key().value());
            }
        });
        batch.each(
                UseEvent.class,
                (_, event) -> uses(event).stream()
                        .filter(Use::served)
                        .forEach(use -> used.merge(use.key().value(), Rows.utc(use.at()), KeyProjector::later)));
        KeyFold fold = new KeyFold();
        load(view, fold, known);
        batch.each(KeyEvent.class, fold::apply);
        write(view, KEY_VIEW, fold.keys());
        write(view, KEY_VERSION, fold.versions());
        touch(view, used);
        HealthFold health = HealthFold.of(batch);
        write(view, KEY_HEALTH, health.last());
        CopyRows.into(view, KEY_VALIDATION, health.all());
        batch.each(ErasureEvent.class, (_, event) -> forget(view, event));
        batch.each(TenantErasureEvent.class, (_, event) -> {
            if (event instanceof TenantErasureEvent.TenantKeysDestroyed destroyed) {
                forget(
                        view,
                        DSL.select(KEY_VIEW.KEY)
                                .from(KEY_VIEW)
                                .where(KEY_VIEW.TENANT.eq(destroyed.tenant().value())));
            }
        });
    }

    /** What hangs from the keys first: they say which it is. */
    private static void forget(DSLContext view, Select<Record1<UUID>> keys) {
        view.deleteFrom(KEY_VERSION).where(KEY_VERSION.KEY.in(keys)).execute();
        view.deleteFrom(KEY_HEALTH).where(KEY_HEALTH.KEY.in(keys)).execute();
        view.deleteFrom(KEY_VALIDATION).where(KEY_VALIDATION.KEY.in(keys)).execute();
        view.deleteFrom(KEY_VIEW).where(KEY_VIEW.KEY.in(keys)).execute();
    }

    private static void forget(DSLContext view, ErasureEvent event) {
        switch (event) {
            case ErasureEvent.SubjectKeysDestroyed destroyed -> {
                UUID[] keys = destroyed.keys().stream().map(KeyId::value).toArray(UUID[]::new);
                view.deleteFrom(KEY_VIEW).where(KEY_VIEW.KEY.eq(DSL.any(keys))).execute();
                view.deleteFrom(KEY_VERSION)
                        .where(KEY_VERSION.KEY.eq(DSL.any(keys)))
                        .execute();
                view.deleteFrom(KEY_HEALTH)
                        .where(KEY_HEALTH.KEY.eq(DSL.any(keys)))
                        .execute();
                view.deleteFrom(KEY_VALIDATION)
                        .where(KEY_VALIDATION.KEY.eq(DSL.any(keys)))
                        .execute();
            }
            case ErasureEvent.SubjectErasureRequested _,
                    ErasureEvent.SubjectUsageKept _,
                    ErasureEvent.SubjectErased _ -> {}
        }
    }

    private static List<Use> uses(UseEvent event) {
        return switch (event) {
            case UseEvent.UsesRecorded recorded -> recorded.uses();
        };
    }

    private static OffsetDateTime later(OffsetDateTime a, OffsetDateTime b) {
        return a.isAfter(b) ? a : b;
    }

    private static void load(DSLContext view, KeyFold fold, Set<UUID> keys) {
        if (keys.isEmpty()) {
            return;
        }
        UUID[] ids = keys.toArray(UUID[]::new);
        for (KeyViewRecord row :
                view.selectFrom(KEY_VIEW).where(KEY_VIEW.KEY.eq(DSL.any(ids))).fetch()) {
            fold.load(row);
        }
        for (KeyVersionRecord row : view.selectFrom(KEY_VERSION)
                .where(KEY_VERSION.KEY.eq(DSL.any(ids)))
                .fetch()) {
            fold.load(row);
        }
    }

    private static <R extends Record> void write(DSLContext view, Table<R> table, Collection<R> rows) {
        if (rows.isEmpty()) {
            return;
        }
        List<? extends TableField<R, ?>> identity = table.getPrimaryKey() == null
                ? List.of()
                : table.getPrimaryKey().getFields();
        Map<Field<?>, Field<?>> replaced = new HashMap<>();
        Arrays.stream(table.fields())
                .filter(column -> !identity.contains(column))
                .forEach(column -> replaced.put(column, DSL.excluded(column)));
        view.insertInto(table)
                .columns(table.fields())
                .select(Rows.of(view, table, rows))
                .onConflict(identity)
                .doUpdate()
                .set(replaced)
                .execute();
    }

    // Uses do not change a key: neither its version nor the time of its last change.
    private static void touch(DSLContext view, Map<UUID, OffsetDateTime> used) {
        if (used.isEmpty()) {
            return;
        }
        UUID[] ids = used.keySet().toArray(UUID[]::new);
        OffsetDateTime[] times = Arrays.stream(ids).map(used::get).toArray(OffsetDateTime[]::new);
        Field<UUID> id = DSL.field(DSL.name("used", "key"), KEY_VIEW.KEY.getDataType());
        Field<OffsetDateTime> at = DSL.field(DSL.name("used", "at"), KEY_VIEW.LAST_USED_AT.getDataType());
        Table<?> source = DSL.table(
                        "unnest({0}, {1})",
                        DSL.val(ids, KEY_VIEW.KEY.getDataType().getArrayDataType()),
                        DSL.val(times, KEY_VIEW.LAST_USED_AT.getDataType().getArrayDataType()))
                .as("used", "key", "at");
        view.update(KEY_VIEW)
                .set(KEY_VIEW.LAST_USED_AT, DSL.greatest(KEY_VIEW.LAST_USED_AT, at))
                .from(source)
                .where(KEY_VIEW.KEY.eq(id))
                .execute();
    }
}
