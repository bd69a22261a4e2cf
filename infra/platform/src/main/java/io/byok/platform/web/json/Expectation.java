package io.byok.platform.web.json;

import io.byok.kernel.Id;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a field of some type must be, in words for people. */
final class Expectation {

    private static final Set<Class<?>> WHOLE =
            Set.of(int.class, long.class, short.class, Integer.class, Long.class, Short.class);
    private static final Set<Class<?>> FRACTION = Set.of(double.class, float.class, Double.class, Float.class);

    private Expectation() {}

    static String of(@Nullable Class<?> type) {
        if (type == null) {
            return "is not a valid value";
        }
        if (type.isEnum()) {
            return "must be one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(value -> ((Enum<?>) value)
                                    .name()
                                    .toLowerCase(Locale.ROOT)
                                    .replace('_', '-'))
                            .collect(Collectors.joining(", "));
        }
        if (WHOLE.contains(type)) {
            return "must be a whole number in range";
        }
        if (FRACTION.contains(type)) {
            return "must be a number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "must be true or false";
        }
        if (type == String.class) {
            return "must be a string";
        }
        if (type == Instant.class) {
            return "must be an RFC 3339 time";
        }
        if (type == Duration.class) {
            return "must be an ISO 8601 duration";
        }
        if (type == BigDecimal.class) {
            return "must be a plain decimal, as a string or a number";
        }
        if (Id.class.isAssignableFrom(type)) {
            return "must be the text of an id";
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "must be an array";
        }
        return type.isRecord() || Map.class.isAssignableFrom(type) ? "must be an object" : "is not a valid value";
    }
}
