package io.byok.command.use.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.kernel.KeyId;
import io.byok.kernel.key.KeyPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResolutionTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final KeyId FIRST = new KeyId(new UUID(0, 1));
    private static final KeyId SECOND = new KeyId(new UUID(0, 2));
    private static final KeyId THIRD = new KeyId(new UUID(0, 3));

    private static Candidate active(KeyId key, int priority, boolean fallback) {
        return new Candidate(key, "active", 1, new KeyPolicy(null, priority, fallback), null, null, NOON);
    }

    private static Candidate rotated(KeyId key, Instant previousUntil) {
        return new Candidate(key, "active", 2, new KeyPolicy(null, 0, false), 1, previousUntil, NOON);
    }

    private static Decision decide(List<Candidate> candidates, Excluded... excluded) {
        return decide(candidates, Arrays.asList(excluded));
    }

    private static Decision decide(List<Candidate> candidates, List<Excluded> excluded) {
        return Resolution.decide(
                new Situation(candidates, List.of(), FallbackPolicy.UNSAID, Map.of()),
                new Wish(null, excluded, null, 0),
                NOON);
    }

    private static Excluded not(KeyId key) {
        return new Excluded(key, null);
    }

    private static Excluded not(KeyId key, int version) {
        return new Excluded(key, version);
    }

    private static String because(Decision decision, KeyId key) {
        return decision.considered().stream()
                .filter(one -> one.keyId().equals(key))
                .map(Decision.Considered::because)
                .findFirst()
                .orElseThrow();
    }

    private static Decision.@Nullable Choice choice(KeyId key, int version, String source) {
        return new Decision.Choice(key, version, source);
    }

    @Test
    void the_lowest_priority_number_serves() {
        Decision decision = decide(List.of(active(FIRST, 5, false), active(SECOND, 1, false)));
        assertThat(decision.chosen()).isEqualTo(choice(SECOND, 1, "user"));
        assertThat(because(decision, FIRST)).isEqualTo("lower-priority");
    }

    @Test
    void the_newest_of_equals_serves() {
        Candidate older =
                new Candidate(THIRD, "active", 1, new KeyPolicy(null, 0, false), null, null, NOON.minusSeconds(1));
        assertThat(decide(List.of(older, active(FIRST, 0, false))).chosen()).isEqualTo(choice(FIRST, 1, "user"));
    }

    @Test
    void what_is_not_active_or_expired_is_passed_over_and_says_why() {
        Candidate disabled = new Candidate(FIRST, "disabled", 1, new KeyPolicy(null, 0, false), null, null, NOON);
        Candidate expired = new Candidate(SECOND, "active", 1, new KeyPolicy(NOON, 1, false), null, null, NOON);
        Decision decision = decide(List.of(disabled, expired, active(THIRD, 2, false)));
        assertThat(because(decision, FIRST)).isEqualTo("disabled");
        assertThat(because(decision, SECOND)).isEqualTo("expired");
        assertThat(decision.chosen()).isEqualTo(choice(THIRD, 1, "user"));
    }

    @Test
    void no_key_serves_in_place_of_an_excluded_one_unless_its_owner_said_so() {
        Decision none = decide(List.of(active(FIRST, 0, false), active(SECOND, 1, false)), not(FIRST));
        assertThat(none.chosen()).isNull();
        assertThat(because(none, SECOND)).isEqualTo("not-a-fallback");
        Decision fallback = decide(List.of(active(FIRST, 0, false), active(SECOND, 1, true)), not(FIRST));
        assertThat(fallback.chosen()).isEqualTo(choice(SECOND, 1, "fallback"));
    }

    @Test
    void excluding_what_would_not_serve_anyway_changes_nothing() {
        Decision decision = decide(List.of(active(FIRST, 0, false), active(SECOND, 1, false)), not(SECOND));
        assertThat(decision.chosen()).isEqualTo(choice(FIRST, 1, "user"));
    }

    @Test
    void the_version_before_serves_as_a_fallback_while_the_overlap_lasts() {
        Candidate during = rotated(FIRST, NOON.plusSeconds(1));
        assertThat(decide(List.of(during)).chosen()).isEqualTo(choice(FIRST, 2, "user"));
        assertThat(decide(List.of(during), not(FIRST)).chosen()).isEqualTo(choice(FIRST, 1, "fallback"));
        assertThat(decide(List.of(during), not(FIRST), not(FIRST, 1)).chosen()).isNull();
        assertThat(decide(List.of(rotated(FIRST, NOON)), not(FIRST)).chosen()).isNull();
    }

    /** P9: whatever the keys and exclusions, a key without its owner's word never serves in place of another. */
    @Test
    void the_order_of_candidates_never_matters_and_fallback_is_never_implied() {
        Random random = new Random(9);
        for (int run = 0; run < 5_000; run++) {
            List<Candidate> candidates = new ArrayList<>();
            List<Excluded> excluded = new ArrayList<>();
            for (int i = 0; i < random.nextInt(6); i++) {
                KeyId key = new KeyId(new UUID(7, i));
                candidates.add(new Candidate(
                        key,
                        random.nextInt(4) == 0 ? "revoked" : "active",
                        1,
                        new KeyPolicy(null, random.nextInt(3), random.nextBoolean()),
                        null,
                        null,
                        NOON.plusSeconds(random.nextInt(3))));
                if (random.nextBoolean()) {
                    excluded.add(not(key));
                }
            }
            Decision decision = decide(candidates, excluded);
            Collections.shuffle(candidates, random);
            assertThat(decide(candidates, excluded)).isEqualTo(decision);
            Decision.Choice chosen = decision.chosen();
            if (chosen != null) {
                Candidate candidate = candidates.stream()
                        .filter(one -> one.key().equals(chosen.key()))
                        .findFirst()
                        .orElseThrow();
                assertThat(candidate.status()).isEqualTo("active");
                assertThat(excluded).doesNotContain(not(chosen.key()));
                assertThat(chosen.source().equals("user") || candidate.policy().fallback())
                        .isTrue();
            }
        }
    }
}
