package io.byok.command.use.domain;

import io.byok.kernel.KeyId;
import io.byok.kernel.chain.ChainPolicy;
import io.byok.kernel.chain.Failure;
import io.byok.kernel.chain.SystemUse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What may happen when a key fails.
 *
 * @param order the keys that serve, in this order; empty for all, by priority
 * @param on the failures after which another key may serve
 */
public record FallbackPolicy(
        List<KeyId> order, SystemUse system, Set<Failure> on, int maxRetries, Duration retryDelay) {

    /**
     * Where nobody said anything: a key whose owner said that it may stands in after any failure, a system key never.
     */
    public static final FallbackPolicy UNSAID =
            new FallbackPolicy(List.of(), SystemUse.NEVER, EnumSet.allOf(Failure.class), 100, Duration.ZERO);

    public FallbackPolicy {
        order = List.copyOf(order);
        on = Set.copyOf(on);
    }

    /** What a chain says. */
    public static FallbackPolicy of(@Nullable ChainPolicy said) {
        return said == null
                ? UNSAID
                : new FallbackPolicy(
                        said.keys(),
                        SystemUse.of(said.system()),
                        said.on().stream()
                                .flatMap(word -> Failure.of(word).stream())
                                .collect(Collectors.toSet()),
                        said.maxRetries(),
                        Duration.ofMillis(said.retryDelayMs()));
    }

    /** Whether somebody said how often to try: otherwise asking for the same key again is the caller's own affair. */
    boolean isSaid() {
        return !equals(UNSAID);
    }

    boolean goesOnAfter(Set<Failure> failures) {
        return on.containsAll(failures);
    }

    /** Whether a key of the user's may stand in: its owner named it in the chain, or said so of the key itself. */
    boolean mayStandIn(Candidate candidate) {
        return order.contains(candidate.key()) || candidate.policy().fallback();
    }

    /** Why no system key may serve after these failures of the user's keys; absent when one may. */
    @Nullable
    String refusesSystem(Set<Failure> failures) {
        return switch (system) {
            case NEVER -> "system-never";
            case ON_TRANSIENT ->
                failures.isEmpty() || !failures.stream().allMatch(Failure::isPassing)
                        ? "system-only-on-transient"
                        : null;
            case ALWAYS -> null;
        };
    }
}
