package io.byok.command.use;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.command.use.domain.Candidate;
import io.byok.command.use.domain.Serving;
import io.byok.command.use.domain.Trouble;
import io.byok.kernel.KeyId;
import io.byok.kernel.chain.Failure;
import io.byok.kernel.key.KeyPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CircuitsTest {

    private static final Duration REST = Duration.ofMillis(150);
    private static final KeyId KEY = new KeyId(new UUID(0, 1));
    private static final Serving FIRST = new Serving(KEY, 1);
    private static final Candidate CANDIDATE =
            new Candidate(KEY, "active", 1, new KeyPolicy(null, 0, false), null, null, Instant.EPOCH);

    private final Circuits circuits = new Circuits(REST, Clock.systemUTC());

    private @Nullable Trouble trouble() {
        return circuits.troubles(List.of(CANDIDATE)).get(FIRST);
    }

    private boolean rests() {
        Trouble trouble = trouble();
        return trouble != null && trouble.until() != null && Instant.now().isBefore(trouble.until());
    }

    @Test
    void one_timeout_is_remembered_and_closes_nothing_off() {
        circuits.observed(FIRST, Failure.TIMEOUT, null);
        assertThat(trouble()).isEqualTo(new Trouble(Failure.TIMEOUT, null));
        assertThat(circuits.permit(FIRST)).isTrue();
        circuits.observed(FIRST, null, null);
        assertThat(trouble()).isNull();
    }

    @Test
    void five_timeouts_open_the_circuit() {
        for (int i = 0; i < 5; i++) {
            circuits.observed(FIRST, Failure.TIMEOUT, null);
        }
        assertThat(rests()).isTrue();
        assertThat(circuits.permit(FIRST)).isFalse();
    }

    @Test
    void a_provider_that_says_how_long_is_left_alone_that_long() {
        circuits.observed(FIRST, Failure.RATE_LIMITED, Duration.ofSeconds(40));
        assertThat(trouble())
                .satisfies(trouble -> assertThat(trouble.until())
                        .isBetween(Instant.now().plusSeconds(35), Instant.now().plusSeconds(45)));
        circuits.observed(FIRST, Failure.RATE_LIMITED, Duration.ofDays(1));
        assertThat(trouble())
                .satisfies(trouble ->
                        assertThat(trouble.until()).isBefore(Instant.now().plusSeconds(601)));
    }

    @Test
    void a_refused_key_rests_at_once_and_a_success_after_the_rest_closes_the_circuit() throws Exception {
        circuits.observed(FIRST, Failure.INVALID, null);
        assertThat(rests()).isTrue();
        Thread.sleep(REST.plusMillis(100));
        assertThat(rests()).isFalse();
        for (int i = 0; i < 3; i++) {
            assertThat(circuits.permit(FIRST)).as("trial %d", i).isTrue();
        }
        assertThat(circuits.permit(FIRST)).as("a fourth at once").isFalse();
        for (int i = 0; i < 3; i++) {
            circuits.observed(FIRST, null, null);
        }
        assertThat(trouble()).isNull();
        assertThat(circuits.permit(FIRST)).isTrue();
    }

    @Test
    void a_new_version_begins_with_a_clean_slate() {
        circuits.observed(FIRST, Failure.INVALID, null);
        assertThat(circuits.permit(new Serving(KEY, 2))).isTrue();
    }

    @Test
    void a_success_that_comes_late_does_not_hide_that_the_circuit_is_open() {
        circuits.observed(FIRST, Failure.RATE_LIMITED, Duration.ofSeconds(40));
        circuits.observed(FIRST, null, null);
        assertThat(rests()).isTrue();
    }

    @Test
    void a_key_rests_as_long_as_it_should_when_the_clock_is_put_back_or_forward() {
        AtomicReference<Duration> put = new AtomicReference<>(Duration.ofHours(1));
        InstantSource wall = () -> Instant.now().plus(put.get());
        Circuits told = new Circuits(Duration.ofSeconds(30), wall.withZone(ZoneOffset.UTC));
        told.observed(FIRST, Failure.INVALID, null);
        for (Duration now : List.of(Duration.ZERO, Duration.ofHours(-1), Duration.ofHours(2))) {
            put.set(now);
            assertThat(told.troubles(List.of(CANDIDATE)).get(FIRST))
                    .satisfies(trouble -> assertThat(trouble.until())
                            .isBetween(
                                    wall.instant().plusSeconds(20),
                                    wall.instant().plusSeconds(31)));
            assertThat(told.permit(FIRST)).isFalse();
        }
    }
}
