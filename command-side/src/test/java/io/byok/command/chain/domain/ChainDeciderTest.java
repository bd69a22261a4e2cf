package io.byok.command.chain.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.command.chain.domain.ChainCommand.RemoveChain;
import io.byok.command.chain.domain.ChainCommand.SetChain;
import io.byok.kernel.ChainId;
import io.byok.kernel.Rejection;
import io.byok.kernel.chain.ChainEvent;
import io.byok.kernel.chain.ChainEvent.ChainRemoved;
import io.byok.kernel.chain.ChainEvent.ChainSet;
import io.byok.kernel.chain.ChainPolicy;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ChainDeciderTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final ChainId CHAIN = new ChainId(new UUID(0, 1));
    private static final ChainPolicy NEVER = new ChainPolicy(List.of(), "never", List.of("timeout"), 3, 0);
    private static final ChainPolicy ALWAYS = new ChainPolicy(List.of(), "always", List.of("timeout"), 3, 0);
    private static final ChainSet SET = new ChainSet(CHAIN, "ada", "openai", "production", NEVER, NOON);
    private static final ChainRemoved REMOVED = new ChainRemoved(CHAIN, NOON);

    private final ChainDecider decider = new ChainDecider();

    private Chain given(ChainEvent... history) {
        return decider.fold(List.of(history));
    }

    private static SetChain set(ChainPolicy policy) {
        return new SetChain(CHAIN, "ada", "openai", "production", policy, NOON);
    }

    @Test
    void what_is_said_first_holds() {
        assertThat(decider.decide(given(), set(NEVER))).containsExactly(SET);
    }

    @Test
    void saying_again_what_holds_does_nothing() {
        assertThat(decider.decide(given(SET), set(NEVER))).isEmpty();
    }

    @Test
    void something_else_takes_its_place() {
        assertThat(decider.decide(given(SET), set(ALWAYS)))
                .containsExactly(new ChainSet(CHAIN, "ada", "openai", "production", ALWAYS, NOON));
    }

    @Test
    void what_was_removed_can_be_said_again() {
        assertThat(decider.decide(given(SET, REMOVED), set(NEVER))).containsExactly(SET);
    }

    @Test
    void only_what_holds_can_be_removed() {
        assertThat(decider.decide(given(SET), new RemoveChain(CHAIN, NOON))).containsExactly(REMOVED);
        for (Chain nothing : List.of(given(), given(SET, REMOVED))) {
            assertThatThrownBy(() -> decider.decide(nothing, new RemoveChain(CHAIN, NOON)))
                    .isInstanceOfSatisfying(
                            Rejection.class,
                            no -> assertThat(no.refusal().code()).isEqualTo("chain-not-found"));
        }
    }

    @Test
    void a_removal_of_nothing_is_a_damaged_history() {
        assertThatThrownBy(() -> given(REMOVED)).isInstanceOf(IllegalStateException.class);
    }
}
