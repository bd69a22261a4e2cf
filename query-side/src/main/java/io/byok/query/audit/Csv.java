package io.byok.query.audit;

import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lines of CSV (RFC 4180). What a spreadsheet would take for a formula gets an apostrophe before it: callers choose texts
 * that an auditor opens.
 */
final class Csv {

    private static final String FORMULA = "=+-@\t\r";

    private final Writer out;

    Csv(Writer out) {
        this.out = out;
    }

    void line(@Nullable Object... fields) throws IOException {
        out.write(Arrays.stream(fields).map(Csv::field).collect(Collectors.joining(",", "", "\r\n")));
    }

    private static String field(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        boolean formula = value instanceof String && !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
        return "\"" + (formula ? "'" : "") + text.replace("\"", "\"\"") + "\"";
    }
}
