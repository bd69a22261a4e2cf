package io.byok.command.key.domain;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One version of a key's credential. */
public sealed interface Version {

    int number();

    Instant since();

    /** What people see of this version's credential. */
    String hint();

    /** It serves. */
    record Current(int number, Instant since, String hint) implements Version {}

    /** It serves as a fallback until an instant. */
    record Retiring(int number, Instant since, String hint, Instant until) implements Version {}

    /** Its credential is destroyed. */
    record Retired(int number, Instant since, String hint, Instant retiredAt) implements Version {}

    /** The versions after a new one came. */
    static List<Version> rotated(
            List<Version> before, int number, String hint, @Nullable Instant previousUntil, Instant at) {
        return Stream.concat(
                        before.stream().map(version -> version.superseded(previousUntil, at)),
                        Stream.of(new Current(number, at, hint)))
                .toList();
    }

    /** Only the version right before the new one may overlap with it: at most two credentials of a key are alive. */
    private Version superseded(@Nullable Instant until, Instant at) {
        return switch (this) {
            case Current current when until != null -> new Retiring(current.number, current.since, current.hint, until);
            case Current current -> new Retired(current.number, current.since, current.hint, at);
            case Retiring retiring -> new Retired(retiring.number, retiring.since, retiring.hint, at);
            case Retired retired -> retired;
        };
    }

    /** This version with its credential destroyed. */
    default Version retired(Instant at) {
        return switch (this) {
            case Retired retired -> retired;
            case Current current -> new Retired(current.number, current.since, current.hint, at);
            case Retiring retiring -> new Retired(retiring.number, retiring.since, retiring.hint, at);
        };
    }
}
