package io.byok.query.audit;

import static io.byok.query.jooq.Tables.AUDIT_EVENT;

import io.byok.query.feed.Day;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** SHA-256 over the facts of each day, each as PostgreSQL writes it: tells which day differs, without any row. */
final class AuditDays {

    private static final Field<String> DAY = DSL.field("to_char(r.at, 'YYYY-MM-DD')", String.class);
    private static final Field<String> DIGEST = DSL.field(
            "encode(sha256(string_agg(sha256(convert_to(r::text, 'UTF8')), ''::bytea order by r.position, r.item)), 'hex')",
            String.class);

    private AuditDays() {}

    /** @param view a transaction whose time zone is UTC */
    static List<Day> of(DSLContext view) {
        return view.select(DAY, DIGEST)
                .from(AUDIT_EVENT.as("r"))
                .groupBy(DAY)
                .orderBy(DAY)
                .fetch(row -> new Day(AUDIT_EVENT.getName(), row.value1(), row.value2()));
    }
}
