package io.byok.query.feed;

import io.byok.query.QueryTestParts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jooq.Table;

/** What the read models hold, row by row, to compare. */
public final class ReadModels {

    private ReadModels() {}

    /** The facts of the audit trail among them. */
    public static List<String> facts(Map<String, List<String>> rows) {
        return Objects.requireNonNull(rows.get("audit_event"));
    }

    public static Map<String, List<String>> of(DSLContext view) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (Projector projector : QueryTestParts.projectors()) {
            for (Table<?> table : projector.tables()) {
                List<String> texts = new ArrayList<>(
                        view.selectFrom(table).fetch(row -> row.valuesRow().toString()));
                texts.sort(null);
                rows.put(table.getName(), texts);
            }
        }
        return rows;
    }
}
