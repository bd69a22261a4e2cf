package io.byok.bench;

import java.time.Duration;

/**
 * How long a benchmark of servers takes over it.
 *
 * @param runs of which the median counts
 * @param length of one run
 * @param warm before the first run, with the most callers
 * @param warmAlone before the first run, with one
 * @param users whose keys are resolved in turn
 */
record Pace(int runs, Duration length, Duration warm, Duration warmAlone, int users) {

    /** For a figure to quote. */
    static final Pace WHOLE = new Pace(5, Duration.ofSeconds(4), Duration.ofSeconds(20), Duration.ofSeconds(4), 1_000);

    /** For a look. */
    static final Pace QUICK = new Pace(2, Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(4), 1_000);

    /** Says nothing of speed: whether the benchmark still runs. */
    static final Pace SMOKE = new Pace(1, Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofMillis(100), 10);
}
