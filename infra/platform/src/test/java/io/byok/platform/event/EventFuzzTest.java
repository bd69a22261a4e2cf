package io.byok.platform.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.byok.kernel.DomainEvent;
import io.byok.kernel.KeyId;
import io.byok.kernel.StreamId;
import io.byok.kernel.TenantId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** What was sealed by somebody who had the key need not be an event. The first byte chooses which one it claims to be. */
class EventFuzzTest {

    private static final List<EventName> NAMES = List.copyOf(EventNames.all());

    private final EventJson json = new EventJson();

    @FuzzTest
    void content(byte[] content) {
        if (content.length == 0) {
            return;
        }
        EventName name = NAMES.get((content[0] & 0xff) % NAMES.size());
        Class<? extends DomainEvent> type =
                EventNames.type(name.code(), name.revision()).orElseThrow();
        SealedEvent sealed = new SealedEvent(
                new UUID(1, 2),
                new TenantId(new UUID(1, 2)),
                null,
                StreamId.of(new KeyId(new UUID(3, 4))),
                0,
                name,
                Instant.EPOCH,
                content);
        try {
            assertThat(json.read(sealed, json.path(sealed), Arrays.copyOfRange(content, 1, content.length))
                            .event())
                    .isInstanceOf(type);
        } catch (UnreadableEvent refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}
