package io.byok.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Asks again and again, where nothing tells when something has come true. */
final class Eventually {

    private static final long PAUSE_NANOS = Duration.ofMillis(25).toNanos();

    private Eventually() {}

    /** The first answer that is as wanted; fails with the last one when there is none in time. */
    static <T> T get(Duration patience, Supplier<T> question, Predicate<T> wanted) {
        Instant end = Instant.now().plus(patience);
        while (true) {
            T answer = question.get();
            if (wanted.test(answer)) {
                return answer;
            }
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not in " + patience + "; the last answer was " + answer);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Lets time pass, where the passing of time is what is tested. */
    static void rest(Duration length) {
        LockSupport.parkNanos(length.toNanos());
    }
}
