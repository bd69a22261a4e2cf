package io.byok.query.usage;

import java.util.Locale;

/** What can be asked about usage. */
enum Metric {
    REQUESTS,
    TOKENS,
    COST,
    ERRORS;

    /** As callers ask for it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
