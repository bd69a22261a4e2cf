package io.byok.query.usage;

import io.byok.kernel.KeyId;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.ProblemCode;
import io.byok.query.web.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which usage is asked for. Sums are kept by day, so a range is widened to whole days in UTC.
 *
 * @param from first day
 * @param to last day
 */
record UsageQuery(
        LocalDate from,
        LocalDate to,
        List<Grouping> groupBy,
        List<Metric> metrics,
        @Nullable String userId,
        @Nullable String provider,
        @Nullable KeyId key) {

    private static final int USUAL_DAYS = 30;
    private static final Duration SMALLEST = Duration.ofNanos(1);

    /** @param now tells the range when none is given: the 30 days up to today */
    static UsageQuery of(
            @Nullable String from,
            @Nullable String to,
            @Nullable String groupBy,
            @Nullable String metrics,
            @Nullable String userId,
            @Nullable String provider,
            @Nullable String keyId,
            Instant now) {
        TimeRange range = TimeRange.parse(from, to);
        LocalDate last = day(range.to() == null ? now : range.to().minus(SMALLEST));
        LocalDate first = range.from() == null ? last.minusDays(USUAL_DAYS - 1L) : day(range.from());
        return new UsageQuery(
                first,
                last.isBefore(first) ? first : last,
                words("groupBy", groupBy, Grouping.values(), Grouping::word),
                metrics == null ? List.of(Metric.values()) : words("metrics", metrics, Metric.values(), Metric::word),
                userId,
                provider,
                keyId == null ? null : KeyId.parse(keyId).orElseThrow(UsageQuery::noKeyId));
    }

    private static LocalDate day(Instant at) {
        return at.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private static BadRequest noKeyId() {
        return new BadRequest(ProblemCode.PARAMETER_INVALID, "keyId is not the id of a key");
    }

    private static <T> List<T> words(String parameter, @Nullable String text, T[] known, Function<T, String> word) {
        if (text == null) {
            return List.of();
        }
        return Arrays.stream(text.split(",", -1))
                .distinct()
                .map(asked -> Arrays.stream(known)
                        .filter(value -> word.apply(value).equals(asked))
                        .findFirst()
                        .orElseThrow(() -> new BadRequest(
                                ProblemCode.PARAMETER_INVALID,
                                parameter + " takes "
                                        + Arrays.stream(known).map(word).collect(Collectors.joining(", "))
                                        + ", separated by commas")))
                .toList();
    }
}
