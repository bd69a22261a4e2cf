package io.byok.query.usage;

import static io.byok.query.jooq.Tables.USAGE_DAY;

import io.byok.kernel.Envelope;
import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.erase.ErasureEvent;
import io.byok.kernel.erase.UsageSum;
import io.byok.kernel.usage.UsageEvent;
import io.byok.kernel.usage.UsageRecord;
import io.byok.query.feed.Batch;
import io.byok.query.feed.Projector;
import io.byok.query.feed.Rows;
import io.byok.query.jooq.tables.records.UsageDayRecord;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
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
    public void apply(DSLContext view, Batch batch) {
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
            write(view, sums);
        }
        batch.each(ErasureEvent.class, (envelope, event) -> {
            if (event instanceof ErasureEvent.SubjectKeysDestroyed destroyed) {
                forget(view, envelope.tenant(), destroyed.subject());
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

    private static void write(DSLContext view, Map<Cell, BigDecimal> sums) {
        view.insertInto(USAGE_DAY)
                .columns(USAGE_DAY.fields())
                .select(Rows.of(
                        USAGE_DAY,
                        sums.entrySet().stream()
                                .map(sum -> row(sum.getKey(), sum.getValue()))
                                .toList()))
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
