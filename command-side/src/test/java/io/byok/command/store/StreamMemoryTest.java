package io.byok.command.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.kernel.Provenance;
import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.Test;

class StreamMemoryTest {

    private static final SubjectId ADA = new SubjectId(new UUID(1, 1));
    private static final SubjectId BOB = new SubjectId(new UUID(1, 2));
    private static final StreamId OF_ADA = new StreamId(StreamType.KEY, new UUID(2, 1));
    private static final StreamId OF_BOB = new StreamId(StreamType.KEY, new UUID(2, 2));

    private final StreamMemory memory = new StreamMemory(1_000);

    private static List<DomainEventMessage<?>> events(SubjectId subject, int from, int to) {
        List<DomainEventMessage<?>> events = new ArrayList<>();
        for (int sequence = from; sequence < to; sequence++) {
            events.add(new GenericDomainEventMessage<>(
                    "key",
                    "a",
                    sequence,
                    "event " + sequence,
                    EventMetadata.of(new TenantId(new UUID(3, 3)), subject, Provenance.system("test"))));
        }
        return events;
    }

    @Test
    void what_was_appended_follows_what_was_read() {
        memory.keep(OF_ADA, events(ADA, 0, 2), memory.moment());
        memory.append(OF_ADA, events(ADA, 2, 4), memory.moment());
        memory.append(OF_BOB, events(BOB, 0, 1), memory.moment());

        assertThat(memory.recall(OF_ADA))
                .extracting(DomainEventMessage::getSequenceNumber)
                .containsExactly(0L, 1L, 2L, 3L);
        assertThat(memory.recall(OF_BOB)).hasSize(1);
    }

    @Test
    void a_history_with_a_hole_is_not_kept() {
        memory.append(OF_ADA, events(ADA, 3, 4), memory.moment());
        assertThat(memory.recall(OF_ADA)).isNull();

        memory.keep(OF_ADA, events(ADA, 0, 2), memory.moment());
        memory.append(OF_ADA, events(ADA, 3, 4), memory.moment());
        assertThat(memory.recall(OF_ADA)).isNull();
    }

    @Test
    void a_long_history_is_not_kept() {
        memory.keep(OF_ADA, events(ADA, 0, 64), memory.moment());
        assertThat(memory.recall(OF_ADA)).hasSize(64);
        memory.append(OF_ADA, events(ADA, 64, 65), memory.moment());
        assertThat(memory.recall(OF_ADA)).isNull();
    }

    @Test
    void P7_a_read_that_began_before_somebody_was_forgotten_brings_nothing_back() {
        long before = memory.moment();
        memory.forgetAll();
        memory.keep(OF_ADA, events(ADA, 0, 2), before);
        assertThat(memory.recall(OF_ADA)).isNull();

        before = memory.moment();
        memory.keep(OF_BOB, events(BOB, 0, 1), before);
        memory.forgetAll();
        assertThat(memory.recall(OF_BOB)).isNull();
        memory.append(OF_ADA, events(ADA, 0, 2), before);
        assertThat(memory.recall(OF_ADA)).isNull();
    }
}
