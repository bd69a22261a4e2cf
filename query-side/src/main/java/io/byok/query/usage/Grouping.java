package io.byok.query.usage;

import static io.byok.query.jooq.Tables.USAGE_DAY;

import io.byok.kernel.KeyId;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** What usage can be grouped by. */
enum Grouping {
    DAY("day", USAGE_DAY.DAY),
    PROVIDER("provider", USAGE_DAY.PROVIDER),
    MODEL("model", USAGE_DAY.MODEL),
    USER("userId", USAGE_DAY.USER_ID),
    KEY("keyId", USAGE_DAY.KEY);

    private final String field;
    private final Field<?> column;

    Grouping(String field, Field<?> column) {
        this.field = field;
        this.column = column;
    }

    /** As callers ask for it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of the value in a row. */
    String field() {
        return field;
    }

    Field<?> column() {
        return column;
    }

    /** As rows show it; null when it was not told, or is a user who was erased. */
    @Nullable
    String shown(Object stored) {
        return switch (stored) {
            case LocalDate day -> day.toString();
            case UUID key -> key.equals(UsageProjector.NO_KEY) ? null : new KeyId(key).text();
            case String text when this == USER && text.equals(UsageProjector.ERASED_USER) -> null;
            case String text when this == MODEL && text.equals(UsageProjector.NO_MODEL) -> null;
            default -> stored.toString();
        };
    }
}
