package io.byok.command.key.domain;

import io.byok.kernel.key.KeyLabel;
import io.byok.kernel.key.KeyPolicy;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A partial change, as JSON Merge Patch (RFC 7396) means it: what is not named stays as it is, what is named as null is
 * taken away.
 */
public record KeyChange(
        UnaryOperator<@Nullable String> alias,
        UnaryOperator<@Nullable String> description,
        UnaryOperator<List<String>> tags,
        UnaryOperator<@Nullable Instant> expiresAt,
        UnaryOperator<Integer> priority,
        UnaryOperator<Boolean> fallback,
        UnaryOperator<List<String>> models) {

    /** The change that changes nothing. */
    public static KeyChange none() {
        return new KeyChange(
                UnaryOperator.identity(),
                UnaryOperator.identity(),
                UnaryOperator.identity(),
                UnaryOperator.identity(),
                UnaryOperator.identity(),
                UnaryOperator.identity(),
                UnaryOperator.identity());
    }

    KeyLabel applyTo(KeyLabel label) {
        return new KeyLabel(
                alias.apply(label.alias()), description.apply(label.description()), tags.apply(label.tags()));
    }

    KeyPolicy applyTo(KeyPolicy policy) {
        return new KeyPolicy(
                expiresAt.apply(policy.expiresAt()),
                priority.apply(policy.priority()),
                fallback.apply(policy.fallback()),
                models.apply(policy.modelPatterns()));
    }
}
