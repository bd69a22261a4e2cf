package io.byok.command.retention;

import io.byok.command.retention.domain.Retention;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's retention as the API shows it.
 *
 * @param days of the policy; absent when nothing is let go
 * @param appliesAt before it nothing is let go; absent without a policy
 * @param leastDays the fewest days that the operator allows
 * @param prunedYears whose records of uses were let go
 */
public record RetentionView(
        @Nullable Integer days, @Nullable Instant appliesAt, int leastDays, List<Integer> prunedYears) {

    static RetentionView of(Retention retention, int least) {
        List<Integer> pruned = List.copyOf(retention.pruned());
        return switch (retention) {
            case Retention.Unlimited _ -> new RetentionView(null, null, least, pruned);
            case Retention.Limited limited -> new RetentionView(limited.days(), limited.appliesAt(), least, pruned);
        };
    }
}
