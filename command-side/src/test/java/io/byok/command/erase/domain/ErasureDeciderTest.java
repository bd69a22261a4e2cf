package io.byok.command.erase.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.command.erase.domain.ErasureCommand.ConcludeErasure;
import io.byok.command.erase.domain.ErasureCommand.DestroyKeys;
import io.byok.command.erase.domain.ErasureCommand.RequestErasure;
import io.byok.kernel.ErasureId;
import io.byok.kernel.KeyId;
import io.byok.kernel.Rejection;
import io.byok.kernel.erase.DestroyedKey;
import io.byok.kernel.erase.ErasureEvent;
import io.byok.kernel.erase.ErasureEvent.SubjectErased;
import io.byok.kernel.erase.ErasureEvent.SubjectErasureRequested;
import io.byok.kernel.erase.ErasureEvent.SubjectKeysDestroyed;
import io.byok.kernel.erase.ErasureEvent.SubjectUsageKept;
import io.byok.kernel.erase.HistorySpan;
import io.byok.kernel.erase.UsageSum;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ErasureDeciderTest {

    private static final Instant AT = Instant.parse("2026-11-22T12:34:56Z");
    private static final ErasureId ID = new ErasureId(new UUID(1, 2));
    private static final RequestErasure REQUEST = new RequestErasure(ID, "left us", "Art. 17", AT);
    private static final DestroyKeys DESTROY = new DestroyKeys(ID, remains(0), AT.plusSeconds(1));
    private static final ConcludeErasure CONCLUDE = new ConcludeErasure(ID, List.of(), "00", AT.plusSeconds(2));

    private final ErasureDecider decider = new ErasureDecider();

    private static Remains remains(int sums) {
        return new Remains(
                List.of(new KeyId(new UUID(3, 4))),
                1,
                List.of(new DestroyedKey("id", 1, "subject", "00")),
                List.of(new HistorySpan("usage", 2, 3, 4)),
                IntStream.range(0, sums)
                        .mapToObj(i -> new UsageSum("2026-11-22", "openai", null, "unit", "u" + i, BigDecimal.ONE))
                        .toList());
    }

    private Erasure after(ErasureCommand... commands) {
        Erasure state = decider.initial();
        for (ErasureCommand command : commands) {
            for (ErasureEvent event : decider.decide(state, command)) {
                state = decider.evolve(state, event);
            }
        }
        return state;
    }

    @Test
    void an_erasure_takes_its_three_steps() {
        assertThat(decider.decide(after(), REQUEST))
                .containsExactly(new SubjectErasureRequested(ID, ID.subject(), "left us", "Art. 17", AT));
        assertThat(decider.decide(after(REQUEST), DESTROY))
                .singleElement()
                .isInstanceOfSatisfying(
                        SubjectKeysDestroyed.class,
                        event -> assertThat(event.keys())
                                .isEqualTo(DESTROY.remains().keys()));
        assertThat(decider.decide(after(REQUEST, DESTROY), CONCLUDE))
                .singleElement()
                .isInstanceOf(SubjectErased.class);
        assertThat(after(REQUEST, DESTROY, CONCLUDE)).isInstanceOf(Erasure.Erased.class);
    }

    @Test
    void a_step_that_was_taken_is_not_taken_again() {
        assertThat(decider.decide(after(REQUEST), REQUEST)).isEmpty();
        assertThat(decider.decide(after(REQUEST, DESTROY), REQUEST)).isEmpty();
        assertThat(decider.decide(after(REQUEST, DESTROY), DESTROY)).isEmpty();
        assertThat(decider.decide(after(REQUEST, DESTROY, CONCLUDE), REQUEST)).isEmpty();
        assertThat(decider.decide(after(REQUEST, DESTROY, CONCLUDE), DESTROY)).isEmpty();
        assertThat(decider.decide(after(REQUEST, DESTROY, CONCLUDE), CONCLUDE)).isEmpty();
    }

    @Test
    void no_step_comes_before_its_time() {
        assertThatThrownBy(() -> decider.decide(after(), DESTROY)).isInstanceOf(Rejection.class);
        assertThatThrownBy(() -> decider.decide(after(), CONCLUDE)).isInstanceOf(Rejection.class);
        assertThatThrownBy(() -> decider.decide(after(REQUEST), CONCLUDE)).isInstanceOf(Rejection.class);
    }

    @Test
    void many_sums_of_usage_are_told_in_several_events_and_none_is_lost() {
        List<ErasureEvent> events = decider.decide(after(REQUEST), new DestroyKeys(ID, remains(4_500), AT));
        assertThat(events).hasSize(4);
        assertThat(events.subList(0, 3).stream().flatMap(event -> ((SubjectUsageKept) event).sums().stream()))
                .isEqualTo(remains(4_500).usage());
        assertThat(events.getLast()).isInstanceOf(SubjectKeysDestroyed.class);
    }

    @Test
    void a_history_that_was_never_decided_fails_loudly() {
        SubjectKeysDestroyed destroyed =
                (SubjectKeysDestroyed) decider.decide(after(REQUEST), DESTROY).getFirst();
        assertThatThrownBy(() -> decider.evolve(after(), destroyed)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> decider.evolve(after(REQUEST, DESTROY), destroyed))
                .isInstanceOf(IllegalStateException.class);
    }
}
