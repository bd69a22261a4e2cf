package io.byok.command.use.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.kernel.KeyId;
import io.byok.kernel.chain.ChainPolicy;
import io.byok.kernel.chain.Failure;
import io.byok.kernel.key.KeyPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** P9, rule by rule: whose key serves in place of a failed one. */
class FallbackTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Candidate MINE = key(1);
    private static final Candidate BACKUP = key(2);
    private static final Candidate OTHER = key(3);
    private static final Candidate PLATFORM = key(9);
    private static final List<String> PASSING = List.of("rate-limited", "unavailable", "timeout");

    private static Candidate key(int number) {
        return new Candidate(
                new KeyId(new UUID(0, number)), "active", 1, new KeyPolicy(null, 0, false), null, null, NOON);
    }

    private static ChainPolicy chain(String system, List<String> on, int retries, int delay) {
        return new ChainPolicy(List.of(MINE.key(), BACKUP.key()), system, on, retries, delay);
    }

    private static Decision decide(
            @Nullable ChainPolicy chain,
            Map<Serving, Trouble> troubles,
            @Nullable Failure because,
            Candidate... excluded) {
        List<Excluded> not = Arrays.stream(excluded)
                .map(one -> new Excluded(one.key(), null))
                .toList();
        return Resolution.decide(
                new Situation(List.of(MINE, BACKUP, OTHER), List.of(PLATFORM), FallbackPolicy.of(chain), troubles),
                new Wish("m", not, because, 0),
                NOON);
    }

    private static String served(Decision decision) {
        Decision.Choice choice = decision.chosen();
        return choice == null
                ? "none"
                : choice.source() + " " + choice.key().value().getLeastSignificantBits();
    }

    private static String because(Decision decision, Candidate of) {
        return decision.considered().stream()
                .filter(one -> one.keyId().equals(of.key()))
                .map(Decision.Considered::because)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_chains_first_key_serves_and_keys_outside_the_chain_do_not() {
        Decision decision = decide(chain("never", PASSING, 3, 0), Map.of(), null);
        assertThat(served(decision)).isEqualTo("user 1");
        assertThat(because(decision, OTHER)).isEqualTo("not-in-chain");
    }

    @Test
    void the_next_of_the_chain_serves_after_a_failure_that_the_chain_names() {
        ChainPolicy chain = chain("never", PASSING, 3, 250);
        Decision decision = decide(chain, Map.of(), Failure.RATE_LIMITED, MINE);
        assertThat(served(decision)).isEqualTo("fallback 2");
        assertThat(decision.retryAfter()).isEqualTo(Duration.ofMillis(250));
        assertThat(served(decide(chain, Map.of(), Failure.INVALID, MINE))).isEqualTo("none");
        assertThat(because(decide(chain, Map.of(), Failure.INVALID, MINE), BACKUP))
                .isEqualTo("not-after-this-failure");
    }

    @Test
    void a_failure_that_nobody_explains_is_none_that_passes() {
        assertThat(served(decide(chain("always", PASSING, 3, 0), Map.of(), null, MINE)))
                .isEqualTo("none");
        assertThat(served(decide(chain("never", List.of("other"), 3, 0), Map.of(), null, MINE)))
                .isEqualTo("fallback 2");
    }

    @ParameterizedTest
    @EnumSource
    void without_a_policy_no_system_key_ever_serves(Failure because) {
        assertThat(served(decide(null, Map.of(), because, MINE, BACKUP, OTHER))).isEqualTo("none");
        ChainPolicy never = chain(
                "never", Arrays.stream(Failure.values()).map(Failure::word).toList(), 10, 0);
        assertThat(served(decide(never, Map.of(), because, MINE, BACKUP))).isEqualTo("none");
    }

    @ParameterizedTest
    @EnumSource
    void a_system_key_stands_in_after_passing_failures_only_unless_the_chain_names_another(Failure because) {
        String passing = served(decide(chain("on-transient", PASSING, 3, 0), Map.of(), because, MINE, BACKUP));
        assertThat(passing).isEqualTo(because.isPassing() ? "system 9" : "none");
        String always = served(decide(chain("always", PASSING, 3, 0), Map.of(), because, MINE, BACKUP));
        assertThat(always).isEqualTo(because.isPassing() ? "system 9" : "none");
        String named = served(decide(chain("always", List.of(because.word()), 3, 0), Map.of(), because, MINE, BACKUP));
        assertThat(named).isEqualTo("system 9");
        String transientOnly =
                served(decide(chain("on-transient", List.of(because.word()), 3, 0), Map.of(), because, MINE, BACKUP));
        assertThat(transientOnly).isEqualTo(because.isPassing() ? "system 9" : "none");
    }

    @Test
    void what_was_reported_is_not_hidden_by_what_the_caller_says_later() {
        Map<Serving, Trouble> refused = Map.of(new Serving(MINE.key(), 1), new Trouble(Failure.INVALID, null));
        assertThat(served(decide(chain("always", PASSING, 3, 0), refused, Failure.RATE_LIMITED, MINE, BACKUP)))
                .isEqualTo("none");
    }

    @Test
    void a_user_without_any_key_is_served_by_the_platform_only_if_it_always_may() {
        Situation nobody = new Situation(
                List.of(),
                List.of(PLATFORM),
                FallbackPolicy.of(new ChainPolicy(List.of(), "on-transient", PASSING, 3, 0)),
                Map.of());
        Wish wish = new Wish(null, List.of(), null, 0);
        assertThat(Resolution.decide(nobody, wish, NOON).chosen()).isNull();
        Situation always = new Situation(
                List.of(),
                List.of(PLATFORM),
                FallbackPolicy.of(new ChainPolicy(List.of(), "always", PASSING, 3, 0)),
                Map.of());
        assertThat(served(Resolution.decide(always, wish, NOON))).isEqualTo("system 9");
    }

    @Test
    void tries_end() {
        ChainPolicy once = chain("always", PASSING, 1, 0);
        assertThat(served(decide(once, Map.of(), Failure.TIMEOUT, MINE))).isEqualTo("fallback 2");
        Decision twice = decide(once, Map.of(), Failure.TIMEOUT, MINE, BACKUP);
        assertThat(served(twice)).isEqualTo("none");
        assertThat(twice.retryAfter()).isNull();
        assertThat(because(twice, PLATFORM)).isEqualTo("retries-used-up");
    }

    @Test
    void a_key_that_rests_lets_the_next_stand_in_or_says_how_long() {
        Map<Serving, Trouble> resting =
                Map.of(new Serving(MINE.key(), 1), new Trouble(Failure.RATE_LIMITED, NOON.plusSeconds(7)));
        assertThat(served(decide(chain("never", PASSING, 3, 0), resting, null))).isEqualTo("fallback 2");
        Decision none = decide(new ChainPolicy(List.of(MINE.key()), "never", PASSING, 3, 0), resting, null);
        assertThat(served(none)).isEqualTo("none");
        assertThat(none.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(because(none, MINE)).isEqualTo("circuit-open");
    }

    @Test
    void a_key_the_provider_refused_serves_last_and_is_the_users_own() {
        Candidate refused =
                new Candidate(MINE.key(), "active", 1, new KeyPolicy(null, 0, false), null, null, NOON, true);
        ChainPolicy invalid = chain("always", List.of("invalid"), 3, 0);
        Wish wish = new Wish(null, List.of(), null, 0);
        Situation withBackup =
                new Situation(List.of(refused, BACKUP), List.of(PLATFORM), FallbackPolicy.of(invalid), Map.of());
        assertThat(served(Resolution.decide(withBackup, wish, NOON))).isEqualTo("fallback 2");
        Situation alone = new Situation(List.of(refused), List.of(PLATFORM), FallbackPolicy.UNSAID, Map.of());
        assertThat(served(Resolution.decide(alone, wish, NOON))).isEqualTo("user 1");
        Situation platform = new Situation(List.of(refused), List.of(PLATFORM), FallbackPolicy.of(invalid), Map.of());
        assertThat(served(Resolution.decide(platform, wish, NOON))).isEqualTo("system 9");
    }

    @Test
    void a_key_serves_the_models_it_is_for_and_no_unnamed_one() {
        Candidate small = new Candidate(
                MINE.key(), "active", 1, new KeyPolicy(null, 0, false, List.of("gpt-4o*")), null, null, NOON);
        Situation situation = new Situation(List.of(small), List.of(), FallbackPolicy.UNSAID, Map.of());
        assertThat(served(Resolution.decide(situation, new Wish("gpt-4o-mini", List.of(), null, 0), NOON)))
                .isEqualTo("user 1");
        assertThat(served(Resolution.decide(situation, new Wish("o3", List.of(), null, 0), NOON)))
                .isEqualTo("none");
        assertThat(served(Resolution.decide(situation, new Wish(null, List.of(), null, 0), NOON)))
                .isEqualTo("none");
    }
}
