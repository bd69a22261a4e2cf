package io.byok.query.web;

import io.byok.platform.web.BadRequest;
import io.byok.platform.web.ProblemCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A range of time as callers write it: a date stands for its whole day in UTC, so {@code to} includes that day; an
 * instant (RFC 3339) is itself, and {@code to} ends just before it.
 *
 * @param from inclusive, absent for no limit
 * @param to exclusive, absent for no limit
 */
public record TimeRange(@Nullable Instant from, @Nullable Instant to) {

    private static final int LONGEST = 40;

    /** @throws BadRequest when one is neither date nor instant, or nothing lies between them */
    public static TimeRange parse(@Nullable String from, @Nullable String to) {
        Instant start = from == null ? null : parse("from", from, 0);
        Instant end = to == null ? null : parse("to", to, 1);
        if (start != null && end != null && !end.isAfter(start)) {
            throw new BadRequest(ProblemCode.PARAMETER_INVALID, "the range is empty: to is not after from");
        }
        return new TimeRange(start, end);
    }

    /** One time. @throws BadRequest when it is neither a date, which means its begin, nor an instant */
    public static Instant instant(String name, String text) {
        return parse(name, text, 0);
    }

    private static Instant parse(String name, String text, int daysAfterDate) {
        try {
            if (text.length() > LONGEST) {
                throw new DateTimeException("too long");
            }
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text)
                            .plusDays(daysAfterDate)
                            .atStartOfDay()
                            .toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new BadRequest(
                    ProblemCode.PARAMETER_INVALID,
                    name + " takes a date or an instant, such as 2026-11-22 or 2026-11-22T12:00:00Z");
        }
    }
}
