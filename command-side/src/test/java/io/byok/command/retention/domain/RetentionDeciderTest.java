package io.byok.command.retention.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.byok.command.retention.domain.RetentionCommand.PruneYear;
import io.byok.command.retention.domain.RetentionCommand.RemovePolicy;
import io.byok.command.retention.domain.RetentionCommand.SetPolicy;
import io.byok.kernel.Rejection;
import io.byok.kernel.RetentionId;
import io.byok.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RetentionDeciderTest {

    private static final RetentionId RETENTION = RetentionId.of(new TenantId(new UUID(1, 2)));
    private static final Instant SET = Instant.parse("2026-11-23T00:00:00Z");
    private static final Instant APPLIES = SET.plus(Duration.ofDays(1));
    private static final RetentionCommand POLICY = new SetPolicy(RETENTION, 2555, 2555, APPLIES, SET);

    private final RetentionDecider decider = new RetentionDecider();

    private Retention after(RetentionCommand... commands) {
        Retention state = decider.initial();
        for (RetentionCommand command : commands) {
            for (var event : decider.decide(state, command)) {
                state = decider.evolve(state, event);
            }
        }
        return state;
    }

    private static RetentionCommand prune(int year, String at) {
        return new PruneYear(RETENTION, year, 1, 2, 3, 4, List.of(), Instant.parse(at));
    }

    private void refused(String code, RetentionCommand... commands) {
        assertThatThrownBy(() -> after(commands))
                .asInstanceOf(type(Rejection.class))
                .extracting(no -> no.refusal().code())
                .isEqualTo(code);
    }

    @Test
    void no_policy_no_pruning() {
        refused("retention-no-policy", prune(1990, "2026-11-25T00:00:00Z"));
        refused("retention-no-policy", POLICY, new RemovePolicy(RETENTION, SET), prune(1990, "2026-11-25T00:00:00Z"));
    }

    @Test
    void a_policy_lets_nothing_go_before_it_applies() {
        refused("retention-no-policy", POLICY, prune(2018, "2026-11-23T23:59:59Z"));
        assertThat(after(POLICY, prune(2018, "2026-11-24T00:00:00Z")).pruned()).containsExactly(2018);
    }

    @Test
    void a_year_goes_when_it_is_wholly_past_by_as_many_days() {
        // 2019 ends with 2020-01-01T00:00Z; 2555 days later it is 2026-12-30.
        refused("retention-not-due", POLICY, prune(2019, "2026-12-29T23:59:59Z"));
        assertThat(after(POLICY, prune(2019, "2026-12-30T00:00:00Z")).pruned()).containsExactly(2019);
    }

    @Test
    void no_policy_is_shorter_than_what_the_operator_keeps() {
        refused("retention-too-short", new SetPolicy(RETENTION, 2554, 2555, APPLIES, SET));
    }

    @Test
    void a_year_goes_once() {
        Retention pruned = after(POLICY, prune(2018, "2026-11-24T00:00:00Z"));
        assertThat(decider.decide(pruned, prune(2018, "2026-11-25T00:00:00Z"))).isEmpty();
        assertThat(after(POLICY, prune(2018, "2026-11-24T00:00:00Z"), new RemovePolicy(RETENTION, APPLIES))
                        .pruned())
                .containsExactly(2018);
    }
}
