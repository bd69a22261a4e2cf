package io.byok.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** That the benchmark still runs: every side serves every number of callers, and every use answered is on record. */
class ResolveBenchTest {

    @Test
    void every_side_answers_and_every_use_that_was_answered_is_on_record() throws Exception {
        List<Comparison> measured = ResolveBench.run(Pace.SMOKE);
        assertThat(measured.stream().map(one -> one.name() + " " + one.peer()))
                .contains(
                        "resolve-1 " + ResolveBench.sql(),
                        "resolve-32 " + ResolveBench.sql(),
                        "resolve-256 " + ResolveBench.sql(),
                        "resolve-256 " + ResolveBench.bare(),
                        "resolve-1-p50 " + ResolveBench.sql(),
                        "resolve-32-p99 10 ms");
        assertThat(measured).allSatisfy(one -> {
            assertThat(one.ours()).as(one.name()).isPositive();
            assertThat(one.theirs()).as(one.name()).isPositive();
        });
    }
}
