package io.byok.platform.kafka;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.platform.event.EventName;
import io.byok.platform.event.EventNames;
import io.byok.platform.event.SealedEvent;
import io.byok.platform.event.StoredEvent;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventRecordsTest {

    private static final StoredEvent EVENT = event(new SubjectId(new UUID(5, 6)), 32);

    @Test
    void an_event_comes_back_as_it_was() {
        for (StoredEvent event : new StoredEvent[] {EVENT, event(null, 50), event(null, 999)}) {
            StoredEvent back = EventRecords.fromRecord(received(event));
            assertThat(back).usingRecursiveComparison().isEqualTo(event);
        }
    }

    @Test
    void the_official_library_reads_it_as_a_cloud_event() {
        CloudEvent read = KafkaMessageFactory.createReader(received(EVENT)).toEvent();
        assertThat(read.getSpecVersion()).isEqualTo(SpecVersion.V1);
        assertThat(read.getId()).isEqualTo(EVENT.event().eventId().toString());
        assertThat(read.getType()).isEqualTo("io.byok.key-rotated.v1");
        assertThat(read.getSource()).hasToString("/byok/log/0");
        assertThat(read.getSubject()).isEqualTo("key/00000000-0000-0003-0000-000000000004");
        assertThat(requireNonNull(read.getTime()).toInstant())
                .isEqualTo(EVENT.event().occurredAt());
        assertThat(read.getDataSchema()).hasToString("urn:byok:event:key-rotated:1");
        assertThat(read.getDataContentType()).isEqualTo("application/vnd.byok.sealed");
        assertThat(read.getExtension("position")).isEqualTo("42");
        assertThat(read.getExtension("streamsequence")).isEqualTo("7");
        assertThat(requireNonNull(read.getData()).toBytes())
                .isEqualTo(EVENT.event().payload());
    }

    static Stream<String> headers() {
        return Stream.of(received(EVENT).headers().toArray())
                .map(Header::key)
                .filter(name -> !name.equals("ce_enduser") // absent for some events
                        && !Stream.of("ce_type", "ce_source", "ce_subject", "ce_dataschema", "content-type")
                                .toList()
                                .contains(name)); // for others to read; the event does not need them
    }

    @ParameterizedTest
    @MethodSource("headers")
    void without_a_header_it_is_no_event(String name) {
        ConsumerRecord<byte[], byte[]> record = received(EVENT);
        record.headers().remove(name);
        assertThatThrownBy(() -> EventRecords.fromRecord(record)).isInstanceOf(MalformedRecord.class);
    }

    @ParameterizedTest
    @MethodSource("headers")
    void with_a_header_of_another_kind_it_is_no_event(String name) {
        ConsumerRecord<byte[], byte[]> record = received(EVENT);
        record.headers().remove(name).add(name, "-1 secret".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> EventRecords.fromRecord(record))
                .isInstanceOf(MalformedRecord.class)
                .hasMessageNotContaining("secret");
    }

    private static StoredEvent event(@Nullable SubjectId subject, int code) {
        EventName name = EventNames.named((short) code, (short) 1);
        return new StoredEvent(
                42,
                new SealedEvent(
                        UUID.fromString("0190a0b1-0000-7000-8000-000000000001"),
                        new TenantId(new UUID(1, 2)),
                        subject,
                        new StreamId(StreamType.KEY, new UUID(3, 4)),
                        7,
                        name,
                        Instant.parse("2026-01-02T03:04:05.678901Z"),
                        new byte[] {1, 2, 3}));
    }

    private static ConsumerRecord<byte[], byte[]> received(StoredEvent event) {
        ProducerRecord<byte[], byte[]> sent = EventRecords.toRecord(0, event);
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>(sent.topic(), sent.partition(), 41, sent.key(), sent.value());
        sent.headers().forEach(record.headers()::add);
        return record;
    }
}
