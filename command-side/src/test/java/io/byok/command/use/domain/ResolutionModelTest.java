package io.byok.command.use.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.kernel.KeyId;
import io.byok.kernel.chain.Failure;
import io.byok.kernel.chain.SystemUse;
import io.byok.kernel.key.KeyPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random keys, chains, policies and outcomes: the decision is the one that a naive reading of the rules gives. */
class ResolutionModelTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final int RUNS = Integer.getInteger("byok.resolution.runs", 60_000);
    private static final List<Failure> FAILURES = List.of(Failure.values());
    private static final Set<Failure> MONEY = EnumSet.of(Failure.INVALID, Failure.NO_QUOTA, Failure.FORBIDDEN);

    private final Random random = new Random(20_261_122);

    @Test
    void the_decision_equals_the_naive_reading() {
        Map<String, Integer> sources = new HashMap<>();
        for (int run = 0; run < RUNS; run++) {
            Situation situation = situation();
            Wish wish = wish(situation);
            Decision decision = Resolution.decide(situation, wish, NOON);
            Decision.Choice expected = naive(situation, wish);
            assertThat(decision.chosen()).as("%s %s", situation, wish).isEqualTo(expected);
            assertThat(Resolution.decide(shuffled(situation), wish, NOON)).isEqualTo(decision);
            assertThat(decision.considered().stream()
                            .map(Decision.Considered::keyId)
                            .distinct())
                    .hasSize(situation.keys().size() + situation.systemKeys().size());
            sources.merge(expected == null ? "none" : expected.source(), 1, Integer::sum);
            neverPaidBySurprise(situation, wish, decision);
        }
        assertThat(sources.values())
                .as("all kinds of answers were met: %s", sources)
                .hasSize(4)
                .allMatch(n -> n > 100);
    }

    private static void neverPaidBySurprise(Situation situation, Wish wish, Decision decision) {
        if (decision.chosen() == null || !decision.chosen().isSystem()) {
            return;
        }
        FallbackPolicy policy = situation.policy();
        assertThat(policy.system()).isNotEqualTo(SystemUse.NEVER);
        boolean failed =
                decision.considered().stream().anyMatch(one -> one.because().equals("excluded"));
        if (failed && wish.because() != null && MONEY.contains(wish.because())) {
            assertThat(policy.on()).contains(wish.because());
        }
    }

    /** The rules once more, as sets and filters instead of a walk. */
    private static Decision.@Nullable Choice naive(Situation s, Wish w) {
        FallbackPolicy policy = s.policy();
        List<Candidate> line = line(s).stream().filter(usable(w)).toList();
        Set<Failure> before = EnumSet.noneOf(Failure.class);
        Decision.Choice resort = null;
        for (Candidate key : line) {
            boolean first = before.isEmpty();
            boolean mayStandIn =
                    policy.order().contains(key.key()) || key.policy().fallback();
            boolean admitted = first
                    || mayStandIn
                            && w.tries() <= policy.maxRetries()
                            && policy.on().containsAll(before);
            if (!admitted) {
                continue;
            }
            String source = first ? "user" : "fallback";
            Set<Failure> why = why(s, w, key, key.version(), key.refused());
            if (why.isEmpty()) {
                return new Decision.Choice(key.key(), key.version(), source);
            }
            boolean onlyRefused =
                    key.refused() && why(s, w, key, key.version(), false).isEmpty();
            before.addAll(why);
            Integer old = key.previousVersion();
            if (old != null && NOON.isBefore(key.previousUntil()) && w.tries() <= policy.maxRetries()) {
                Set<Failure> oldWhy = why(s, w, key, old, false);
                if (oldWhy.isEmpty()) {
                    return new Decision.Choice(key.key(), old, "fallback");
                }
                before.addAll(oldWhy);
            }
            if (onlyRefused && resort == null) {
                resort = new Decision.Choice(key.key(), key.version(), source);
            }
        }
        for (Candidate key : byPriority(s.systemKeys()).filter(usable(w)).toList()) {
            boolean wanted = switch (policy.system()) {
                case NEVER -> false;
                case ON_TRANSIENT -> !before.isEmpty() && before.stream().allMatch(Failure::isPassing);
                case ALWAYS -> true;
            };
            boolean tries = before.isEmpty() || w.tries() <= policy.maxRetries();
            if (!wanted || !tries || !policy.on().containsAll(before) || key.refused()) {
                continue;
            }
            Set<Failure> why = why(s, w, key, key.version(), false);
            if (why.isEmpty()) {
                return new Decision.Choice(key.key(), key.version(), "system");
            }
            before.addAll(why);
        }
        return resort;
    }

    private static List<Candidate> line(Situation s) {
        List<KeyId> order = s.policy().order();
        return order.isEmpty()
                ? byPriority(s.keys()).toList()
                : order.stream()
                        .flatMap(id -> s.keys().stream().filter(key -> key.key().equals(id)))
                        .toList();
    }

    private static Stream<Candidate> byPriority(List<Candidate> keys) {
        return keys.stream()
                .sorted(Comparator.<Candidate>comparingInt(key -> key.policy().priority())
                        .thenComparing(
                                Comparator.comparing(Candidate::createdAt).reversed())
                        .thenComparing(Comparator.<Candidate, UUID>comparing(
                                        key -> key.key().value())
                                .reversed()));
    }

    private static Predicate<Candidate> usable(Wish w) {
        return key -> key.status().equals("active")
                && (key.policy().expiresAt() == null
                        || NOON.isBefore(key.policy().expiresAt()))
                && (key.policy().modelPatterns().isEmpty()
                        || key.policy().modelPatterns().contains(w.model()));
    }

    /** Why a version does not work; empty when it does. */
    private static Set<Failure> why(Situation s, Wish w, Candidate key, int version, boolean refused) {
        Set<Failure> why = EnumSet.noneOf(Failure.class);
        Trouble trouble = s.troubles().get(new Serving(key.key(), version));
        boolean excluded = w.excluded().stream()
                .anyMatch(one -> one.key().equals(key.key())
                        && (one.version() == null ? version == key.version() : version == one.version()));
        if (excluded) {
            why.add(w.because() != null ? w.because() : trouble != null ? trouble.failure() : Failure.OTHER);
            if (trouble != null && !trouble.failure().isPassing()) {
                why.add(trouble.failure());
            }
        } else if (trouble != null && trouble.until() != null && NOON.isBefore(trouble.until())) {
            why.add(trouble.failure());
        } else if (refused) {
            why.add(Failure.INVALID);
        }
        return why;
    }

    private Situation situation() {
        List<Candidate> keys = keys(0, random.nextInt(5));
        List<Candidate> system = keys(100, random.nextInt(3));
        Map<Serving, Trouble> troubles = new HashMap<>();
        for (Candidate key : Stream.concat(keys.stream(), system.stream()).toList()) {
            for (int version = 1; version <= 2; version++) {
                if (random.nextInt(4) == 0) {
                    Instant until = random.nextInt(3) == 0 ? null : NOON.plusSeconds(random.nextInt(3));
                    troubles.put(new Serving(key.key(), version), new Trouble(failure(), until));
                }
            }
        }
        return new Situation(keys, system, policy(keys), troubles);
    }

    private FallbackPolicy policy(List<Candidate> keys) {
        if (random.nextInt(4) == 0) {
            return FallbackPolicy.UNSAID;
        }
        List<KeyId> order = new ArrayList<>();
        if (random.nextBoolean()) {
            keys.stream()
                    .filter(key -> random.nextInt(4) > 0)
                    .map(Candidate::key)
                    .forEach(order::add);
            Collections.shuffle(order, random);
        }
        Set<Failure> on = EnumSet.noneOf(Failure.class);
        FAILURES.stream().filter(one -> random.nextInt(4) > 0).forEach(on::add);
        SystemUse system = SystemUse.values()[random.nextInt(3)];
        return new FallbackPolicy(order, system, on, random.nextInt(4), Duration.ofMillis(random.nextInt(2) * 100L));
    }

    private List<Candidate> keys(int from, int count) {
        List<Candidate> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant expiresAt = random.nextInt(6) == 0 ? NOON.plusSeconds(random.nextInt(2)) : null;
            List<String> models = random.nextInt(5) == 0 ? List.of("a") : List.of();
            boolean rotated = random.nextInt(3) == 0;
            keys.add(new Candidate(
                    new KeyId(new UUID(7, from + i)),
                    random.nextInt(6) == 0 ? "disabled" : "active",
                    rotated ? 2 : 1,
                    new KeyPolicy(expiresAt, random.nextInt(2), random.nextBoolean(), models),
                    rotated ? 1 : null,
                    rotated ? NOON.plusSeconds(random.nextInt(2)) : null,
                    NOON.minusSeconds(random.nextInt(2)),
                    random.nextInt(5) == 0));
        }
        return keys;
    }

    private Wish wish(Situation situation) {
        List<Excluded> excluded = new ArrayList<>();
        for (Candidate key : Stream.concat(situation.keys().stream(), situation.systemKeys().stream())
                .toList()) {
            if (random.nextInt(3) == 0) {
                excluded.add(new Excluded(key.key(), random.nextInt(3) == 0 ? 1 : null));
            }
        }
        return new Wish(
                random.nextBoolean() ? "a" : null,
                excluded,
                random.nextInt(3) == 0 ? null : failure(),
                random.nextInt(3));
    }

    private Failure failure() {
        return FAILURES.get(random.nextInt(FAILURES.size()));
    }

    private Situation shuffled(Situation situation) {
        List<Candidate> keys = new ArrayList<>(situation.keys());
        List<Candidate> system = new ArrayList<>(situation.systemKeys());
        Collections.shuffle(keys, random);
        Collections.shuffle(system, random);
        return new Situation(keys, system, situation.policy(), situation.troubles());
    }
}
