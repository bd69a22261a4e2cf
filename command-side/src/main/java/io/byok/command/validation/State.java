package io.byok.command.validation;

import io.byok.command.provider.Outcome;
import java.util.Locale;

/**
 * The states of a key's health. The codes are stored; the base is what the state alone is worth, from 0 to 100.
 *
 * <p>{@code score = base}, and where live use is known {@code 0.7 base + 0.3 * 100 * success}. A state says what the
 * provider thinks of the key; live use says how it fares. The state counts more, for a provider's bad day is no fault of
 * the key.
 */
enum State {
    UNKNOWN(0, 50),
    VALID(1, 100),
    VALID_LIMITED(2, 90),
    NO_QUOTA(3, 20),
    RATE_LIMITED(4, 60),
    INVALID(5, 0),
    IP_BLOCKED(6, 10),
    REGION_BLOCKED(7, 10),
    UNREACHABLE(8, 50);

    private static final double STATE_COUNTS = 0.7;

    private final short code;
    private final int base;

    State(int code, int base) {
        this.code = (short) code;
        this.base = base;
    }

    static State of(Outcome outcome) {
        return switch (outcome) {
            case VALID -> VALID;
            case VALID_LIMITED -> VALID_LIMITED;
            case NO_QUOTA -> NO_QUOTA;
            case RATE_LIMITED -> RATE_LIMITED;
            case INVALID -> INVALID;
            case IP_BLOCKED -> IP_BLOCKED;
            case REGION_BLOCKED -> REGION_BLOCKED;
            case UNREACHABLE -> UNREACHABLE;
        };
    }

    short code() {
        return code;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @param success share of late live calls that succeeded; below 0 when none is known */
    int score(double success) {
        double score = success < 0 ? base : STATE_COUNTS * base + (1 - STATE_COUNTS) * 100 * success;
        return (int) Math.round(score);
    }
}
