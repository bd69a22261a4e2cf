package io.byok.command.usage;

import io.byok.command.usage.UsageBody.CostBody;
import io.byok.command.usage.UsageBody.RecordBody;
import io.byok.kernel.KeyId;
import io.byok.kernel.usage.UsageRecord;
import io.byok.kernel.usage.UsageRecord.Cost;
import io.byok.platform.web.FieldProblem;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From a reported record to one that counts. Says by field what is wrong with it. */
final class UsageIntake {

    static final int MOST_RECORDS = 1000;

    private static final int LONGEST_TEXT = 255;
    private static final int MOST_UNITS = 20;
    private static final Set<String> STATUSES = Set.of("ok", "error");
    private static final Pattern UNIT = Pattern.compile("[a-z][A-Za-z0-9]{0,39}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    /** Sums of many such amounts still fit what is stored. */
    private static final BigDecimal LARGEST = new BigDecimal("1e15");

    private static final int FINEST_SCALE = 12;
    private static final Duration LATEST = Duration.ofHours(1);

    private final List<FieldProblem> problems;
    private final Instant now;

    UsageIntake(List<FieldProblem> problems, Instant now) {
        this.problems = problems;
        this.now = now;
    }

    UsageRecord read(int index, RecordBody body) {
        String at = "/records/" + index;
        check(at + "/id", body.id());
        check(at + "/userId", body.userId());
        check(at + "/provider", body.provider());
        checkOptional(at + "/model", body.model());
        checkOptional(at + "/operation", body.operation());
        if (body.occurredAt().isAfter(now.plus(LATEST))) {
            wrong(at + "/occurredAt", "Lies in the future.");
        }
        String status = Objects.requireNonNullElse(body.status(), "ok");
        if (!STATUSES.contains(status)) {
            wrong(at + "/status", "Must be ok or error.");
        }
        if (body.latencyMs() != null && body.latencyMs() < 0) {
            wrong(at + "/latencyMs", "Must not be negative.");
        }
        return new UsageRecord(
                body.id(),
                key(at + "/keyId", body.keyId()),
                body.provider(),
                body.model(),
                body.operation(),
                body.occurredAt().truncatedTo(ChronoUnit.MICROS),
                units(at + "/units", body.units()),
                cost(at + "/cost", body.cost()),
                status,
                body.latencyMs());
    }

    private @Nullable KeyId key(String pointer, @Nullable String text) {
        if (text == null) {
            return null;
        }
        return KeyId.parse(text).orElseGet(() -> {
            wrong(pointer, "Must be a key id such as key_....");
            return null;
        });
    }

    private Map<String, BigDecimal> units(String pointer, @Nullable Map<String, BigDecimal> units) {
        if (units == null) {
            return Map.of();
        }
        if (units.size() > MOST_UNITS) {
            wrong(pointer, "At most " + MOST_UNITS + " units.");
            return Map.of();
        }
        boolean good = true;
        for (Map.Entry<String, @Nullable BigDecimal> unit : units.entrySet()) {
            if (!UNIT.matcher(unit.getKey()).matches() || !amount(unit.getValue())) {
                wrong(pointer, "Units are names such as inputTokens with amounts from 0 to 1e15.");
                good = false;
            }
        }
        return good ? units : Map.of();
    }

    private @Nullable Cost cost(String pointer, @Nullable CostBody cost) {
        if (cost == null) {
            return null;
        }
        if (!amount(cost.amount())) {
            wrong(
                    pointer + "/amount",
                    "Must be a decimal from 0 to 1e15 with at most 12 places, as a string or number.");
            return null;
        }
        if (!CURRENCY.matcher(cost.currency()).matches()) {
            wrong(pointer + "/currency", "Must be an ISO 4217 code such as USD.");
            return null;
        }
        return new Cost(cost.amount(), cost.currency());
    }

    private static boolean amount(@Nullable BigDecimal amount) {
        // The scale is looked at first: adding or comparing 1e999999999 would be a way to keep us busy.
        return amount != null
                && amount.scale() <= FINEST_SCALE
                && amount.scale() >= -FINEST_SCALE
                && amount.precision() <= 2 * FINEST_SCALE + 4
                && amount.signum() >= 0
                && amount.compareTo(LARGEST) <= 0;
    }

    private void checkOptional(String pointer, @Nullable String text) {
        if (text != null) {
            check(pointer, text);
        }
    }

    private void check(String pointer, String text) {
        if (text.isBlank() || text.length() > LONGEST_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            wrong(pointer, "Must have 1 to " + LONGEST_TEXT + " characters, no control characters.");
        }
    }

    private void wrong(String pointer, String message) {
        problems.add(new FieldProblem(pointer, message));
    }
}
