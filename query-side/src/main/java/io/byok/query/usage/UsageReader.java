package io.byok.query.usage;

import static io.byok.query.jooq.Tables.USAGE_DAY;

import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.access.Confinement;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.ProblemCode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Reads usage of one tenant. Every statement is bound to the tenant it is given. */
public final class UsageReader {

    private static final int MOST = 20_000; // sums in one answer

    private static final Field<BigDecimal> SUM = DSL.sum(USAGE_DAY.AMOUNT).as("total");

    private final DSLContext view;
    private final InstantSource clock;

    public UsageReader(DSLContext view, InstantSource clock) {
        this.view = view;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** @throws BadRequest when the answer would be too long */
    UsageView read(TenantId tenant, Confinement within, UsageQuery query) {
        List<Field<?>> groups = new ArrayList<>();
        query.groupBy().forEach(grouping -> groups.add(grouping.column()));
        List<Field<?>> sums = new ArrayList<>(groups);
        sums.add(USAGE_DAY.MEASURE);
        sums.add(USAGE_DAY.NAME);
        List<Field<?>> columns = new ArrayList<>(sums);
        columns.add(SUM);
        List<Record> found = view.select(columns)
                .from(USAGE_DAY)
                .where(conditions(tenant, within, query))
                .groupBy(sums)
                .orderBy(sums)
                .limit(MOST + 1)
                .fetch();
        if (found.size() > MOST) {
            throw new BadRequest(
                    ProblemCode.PARAMETER_INVALID,
                    "the answer would be too long: group by less, or ask for fewer days");
        }
        return view(query, found);
    }

    private static List<Condition> conditions(TenantId tenant, Confinement within, UsageQuery query) {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(USAGE_DAY.TENANT.eq(tenant.value()));
        conditions.add(USAGE_DAY.DAY.between(query.from(), query.to()));
        if (!within.users().isEmpty()) {
            conditions.add(USAGE_DAY.SUBJECT.in(
                    within.users().stream().map(SubjectId::value).toList()));
        }
        if (!within.providers().isEmpty()) {
            conditions.add(USAGE_DAY.PROVIDER.in(within.providers()));
        }
        if (query.userId() != null) {
            conditions.add(USAGE_DAY.USER_ID.eq(query.userId()));
        }
        if (query.provider() != null) {
            conditions.add(USAGE_DAY.PROVIDER.eq(query.provider()));
        }
        if (query.key() != null) {
            conditions.add(USAGE_DAY.KEY.eq(query.key().value()));
        }
        return conditions;
    }

    private static UsageView view(UsageQuery query, List<Record> found) {
        Tally totals = new Tally();
        Map<List<Object>, Tally> rows = new LinkedHashMap<>();
        for (Record sum : found) {
            List<Object> group = new ArrayList<>();
            query.groupBy().forEach(grouping -> group.add(sum.get(grouping.column())));
            Measure measure = Measure.of(sum.get(USAGE_DAY.MEASURE));
            String name = sum.get(USAGE_DAY.NAME);
            BigDecimal amount = sum.get(SUM);
            rows.computeIfAbsent(group, _ -> new Tally()).add(measure, name, amount);
            totals.add(measure, name, amount);
        }
        List<Map<String, Object>> shown = new ArrayList<>();
        rows.forEach((group, tally) -> shown.add(row(query, group, tally)));
        return new UsageView(
                query.from(),
                query.to(),
                query.groupBy().stream().map(Grouping::word).toList(),
                query.metrics().stream().map(Metric::word).toList(),
                shown,
                totals.show(query.metrics()),
                new UsageView.Estimated(List.of(), totals.count(Measure.UNCOSTED)));
    }

    private static Map<String, Object> row(UsageQuery query, List<Object> group, Tally tally) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < group.size(); i++) {
            Grouping grouping = query.groupBy().get(i);
            row.put(grouping.field(), grouping.shown(group.get(i)));
        }
        row.putAll(tally.show(query.metrics()));
        return row;
    }
}
