package io.byok.query.usage;

import static io.byok.query.jooq.Tables.USAGE_DAY;

import io.byok.kernel.Envelope;
import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.erase.ErasureEvent;
import io.byok.kernel.erase.TenantErasureEvent;
import io.byok.kernel.erase.UsageSum;
import io.byok.kernel.usage.UsageEvent;
import io.byok.kernel.usage.UsageRecord;
import io.byok.query.feed.Batch;
import io.byok.query.feed.CopyRows;
import io.byok.query.feed.Projector;
import io.byok.query.feed.Rows;
import io.byok.query.jooq.tables.records.UsageDayRecord;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SelectField;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Adds up what was reported. Sums are exact decimals, so neither order nor size of batches can be seen in them. */
public final class UsageProjector implements Projector {

    static final UUID NO_KEY = new UUID(0, 0);
    static final String NO_MODEL = "";

    /** Users who were erased, all together: the tenant's totals stay, and nobody stands behind them. */
    static final UUID ERASED = new UUID(0, 0);

    static final String ERASED_USER = "";

    private static final String ERROR = "error";

    private record Cell(
            UUID tenant,
            LocalDate day,
            String provider,
            String model,
            UUID subject,
            String userId,
            UUID key,
            Measure measure,
            String name) {}

    @Override
    public String name() {
        return "usage";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(USAGE_DAY);
    }

    @Override
    public Set<Table<?>> appended() {
        return Set.of(USAGE_DAY);
    }

    @Override
    public void apply(DSLContext view, Batch batch) {
        apply(view, batch, UsageProjector::merge);
    }

    /** Each batch's sums stand for themselves until they are settled, so that nothing has to be looked up. */
    @Override
    public void load(DSLContext view, Batch batch) {
        apply(view, batch, (transaction, rows) -> CopyRows.into(transaction, USAGE_DAY, rows));
    }

    @Override
    public void settle(DSLContext view) {
        List<Field<?>> cell = Arrays.stream(USAGE_DAY.fields())
                .filter(column -> !column.equals(USAGE_DAY.AMOUNT) && !column.equals(USAGE_DAY.USER_ID))
                .toList();
        List<SelectField<?>> summed = Arrays.stream(USAGE_DAY.fields())
                .<SelectField<?>>map(column -> {
                    if (column.equals(USAGE_DAY.AMOUNT)) {
                        return DSL.sum(USAGE_DAY.AMOUNT).as(column);
                    }
                    // One for all rows of a subject.
                    return column.equals(USAGE_DAY.USER_ID)
                            ? DSL.min(USAGE_DAY.USER_ID).as(column)
                            : column;
                })
                .toList();
        Table<?> settled = DSL.table(DSL.name("settled_usage"));
        view.createTemporaryTable(settled)
                .as(DSL.select(summed).from(USAGE_DAY).groupBy(cell))
                .onCommitDrop()
                .execute();
        view.truncate(USAGE_DAY).execute();
        view.insertInto(USAGE_DAY)
                .columns(USAGE_DAY.fields())
                .select(DSL.selectFrom(settled))
                .execute();
    }

    private static void apply(DSLContext view, Batch batch, BiConsumer<DSLContext, List<UsageDayRecord>> writer) {
        Map<Cell, BigDecimal> sums = new HashMap<>();
        batch.each(UsageEvent.class, (envelope, event) -> {
            switch (event) {
                case UsageEvent.UsageReported reported ->
                    reported.records().forEach(record -> add(sums, envelope, reported.userId(), record));
            }
        });
        batch.each(ErasureEvent.class, (envelope, event) -> {
            if (event instanceof ErasureEvent.SubjectUsageKept kept) {
                kept.sums().forEach(sum -> sums.merge(kept(envelope.tenant(), sum), sum.amount(), BigDecimal::add));
            }
        });
        if (!sums.isEmpty()) {
            writer.accept(
                    view,
                    sums.entrySet().stream()
                            .map(sum -> row(sum.getKey(), sum.getValue()))
                            .toList());
        }
        batch.each(ErasureEvent.class, (envelope, event) -> {
            if (event instanceof ErasureEvent.SubjectKeysDestroyed destroyed) {
                forget(view, envelope.tenant(), destroyed.subject());
            }
        });
        batch.each(TenantErasureEvent.class, (_, event) -> {
            if (event instanceof TenantErasureEvent.TenantKeysDestroyed destroyed) {
                view.deleteFrom(USAGE_DAY)
                        .where(USAGE_DAY.TENANT.eq(destroyed.tenant().value()))
                        .execute();
            }
        });
    }

    // Nothing about the user comes after this event, so what a batch holds of them is written before it is deleted.
    private static void forget(DSLContext view, TenantId tenant, SubjectId subject) {
        view.deleteFrom(USAGE_DAY)
                .where(USAGE_DAY.TENANT.eq(tenant.value()))
                .and(USAGE_DAY.SUBJECT.eq(subject.value()))
                .execute();
    }

    private static void merge(DSLContext view, List<UsageDayRecord> sums) {
        view.insertInto(USAGE_DAY)
                .columns(USAGE_DAY.fields())
                .select(Rows.of(view, USAGE_DAY, sums))
                .onConflict(
                        USAGE_DAY.TENANT,
                        USAGE_DAY.DAY,
                        USAGE_DAY.PROVIDER,
                        USAGE_DAY.MODEL,
                        USAGE_DAY.SUBJECT,
                        USAGE_DAY.KEY,
                        USAGE_DAY.MEASURE,
                        USAGE_DAY.NAME)
                .doUpdate()
                .set(USAGE_DAY.AMOUNT, USAGE_DAY.AMOUNT.plus(DSL.excluded(USAGE_DAY.AMOUNT)))
                .execute();
    }

    private static void add(Map<Cell, BigDecimal> sums, Envelope envelope, String userId, UsageRecord record) {
        Counter count = (measure, name, amount) ->
                sums.merge(cell(envelope, userId, record, measure, name), amount, BigDecimal::add);
        count.add(Measure.REQUESTS, "", BigDecimal.ONE);
        if (record.status().equals(ERROR)) {
            count.add(Measure.ERRORS, "", BigDecimal.ONE);
        }
        record.units().forEach((unit, amount) -> count.add(Measure.UNIT, unit, amount));
        UsageRecord.Cost cost = record.cost();
        if (cost == null) {
            count.add(Measure.UNCOSTED, "", BigDecimal.ONE);
        } else {
            count.add(Measure.COST, cost.currency(), cost.amount());
        }
    }

    @FunctionalInterface
    private interface Counter {
        void add(Measure measure, String name, BigDecimal amount);
    }

    private static Cell kept(TenantId tenant, UsageSum sum) {
        String model = sum.model();
        return new Cell(
                tenant.value(),
                LocalDate.parse(sum.day()),
                sum.provider(),
                model == null ? NO_MODEL : model,
                ERASED,
                ERASED_USER,
                NO_KEY,
                Measure.of(sum.measure()),
                sum.name());
    }

    private static Cell cell(Envelope envelope, String userId, UsageRecord record, Measure measure, String name) {
        @Nullable SubjectId subject = envelope.subject();
        @Nullable KeyId key = record.key();
        @Nullable String model = record.model();
        if (subject == null) {
            throw new IllegalStateException("usage is about an end user");
        }
        return new Cell(
                envelope.tenant().value(),
                record.occurredAt().atOffset(ZoneOffset.UTC).toLocalDate(),
                record.provider(),
                model == null ? NO_MODEL : model,
                subject.value(),
                userId,
                key == null ? NO_KEY : key.value(),
                measure,
                name);
    }

    private static UsageDayRecord row(Cell cell, BigDecimal amount) {
        UsageDayRecord row = new UsageDayRecord();
        row.setTenant(cell.tenant());
        row.setDay(cell.day());
        row.setProvider(cell.provider());
        row.setModel(cell.model());
        row.setSubject(cell.subject());
        row.setUserId(cell.userId());
        row.setKey(cell.key());
        row.setMeasure(cell.measure().word());
        row.setName(cell.name());
        row.setAmount(amount);
        return row;
    }
}
