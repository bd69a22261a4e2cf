package io.byok.platform.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.platform.event.EventName;
import io.byok.platform.event.EventNames;
import io.byok.platform.event.SealedEvent;
import io.byok.platform.event.StoredEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Events as Kafka records: CloudEvents 1.0 in binary mode (Kafka protocol binding 1.0.2). The key is the stream, the
 * value is the sealed payload byte for byte. Extension attributes carry what the seal is bound to; nothing else that is
 * known about the event stands outside the seal.
 */
public final class EventRecords {

    private static final String CONTENT_TYPE = "application/vnd.byok.sealed";
    private static final String TENANT = "ce_tenant";
    private static final String END_USER = "ce_enduser";
    private static final String STREAM_TYPE = "ce_streamtype";
    private static final String STREAM = "ce_stream";
    private static final String SEQUENCE = "ce_streamsequence";
    private static final String POSITION = "ce_position";
    private static final String CODE = "ce_eventcode";
    private static final String REVISION = "ce_eventrevision";

    private EventRecords() {}

    /** The record of an event of a lane. */
    public static ProducerRecord<byte[], byte[]> toRecord(int lane, StoredEvent stored) {
        SealedEvent event = stored.event();
        StreamId stream = event.stream();
        EventName name = event.name();
        String key = stream.toString();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                EventTopic.NAME,
                EventTopic.partition(lane),
                event.occurredAt().toEpochMilli(),
                key.getBytes(UTF_8),
                event.payload());
        Headers headers = record.headers();
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", event.eventId().toString());
        put(headers, "ce_type", name.cloudEventType());
        put(headers, "ce_source", "/byok/log/" + lane);
        put(headers, "ce_subject", key);
        put(headers, "ce_time", event.occurredAt().toString());
        put(headers, "ce_dataschema", "urn:byok:event:" + name.word() + ":" + name.revision());
        put(headers, "content-type", CONTENT_TYPE);
        put(headers, TENANT, event.tenant().text());
        if (event.subject() != null) {
            put(headers, END_USER, event.subject().text());
        }
        put(headers, STREAM_TYPE, stream.type().word());
        put(headers, STREAM, stream.value().toString());
        put(headers, SEQUENCE, Long.toString(event.sequence()));
        put(headers, POSITION, Long.toString(stored.position()));
        put(headers, CODE, Short.toString(name.code()));
        put(headers, REVISION, Short.toString(name.revision()));
        return record;
    }

    /**
     * The event of a record. Says nothing about its truth: that is for the seal.
     *
     * @throws MalformedRecord when the record is none of ours, or of a format of the future
     */
    public static StoredEvent fromRecord(ConsumerRecord<byte[], byte[]> record) {
        if (!"1.0".equals(optional(record, "ce_specversion", Function.identity()))) {
            throw new MalformedRecord(record, "not CloudEvents 1.0 in binary mode");
        }
        if (record.value() == null) {
            throw new MalformedRecord(record, "no payload");
        }
        // The code decides, not ce_type: an older relay has no word for an event that this reader knows.
        EventName name = EventNames.named(
                required(record, CODE, Short::parseShort), required(record, REVISION, Short::parseShort));
        SealedEvent event = new SealedEvent(
                required(record, "ce_id", EventRecords::uuid),
                required(record, TENANT, text -> TenantId.parse(text).orElseThrow(IllegalArgumentException::new)),
                optional(record, END_USER, text -> SubjectId.parse(text).orElseThrow(IllegalArgumentException::new)),
                new StreamId(
                        required(record, STREAM_TYPE, EventRecords::streamType),
                        required(record, STREAM, EventRecords::uuid)),
                required(record, SEQUENCE, EventRecords::natural),
                name,
                required(record, "ce_time", Instant::parse),
                record.value());
        return new StoredEvent(required(record, POSITION, EventRecords::natural), event);
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    private static <T> T required(ConsumerRecord<?, ?> record, String name, Function<String, T> parser) {
        T value = optional(record, name, parser);
        if (value == null) {
            throw new MalformedRecord(record, "header " + name + " is missing");
        }
        return value;
    }

    private static <T> @Nullable T optional(ConsumerRecord<?, ?> record, String name, Function<String, T> parser) {
        Header header = record.headers().lastHeader(name);
        if (header == null || header.value() == null) {
            return null;
        }
        try {
            return parser.apply(new String(header.value(), UTF_8));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new MalformedRecord(record, "header " + name + " is malformed");
        }
    }

    /** {@link UUID#fromString} also takes shortened forms, and one value must have one text. */
    private static UUID uuid(String text) {
        UUID value = UUID.fromString(text);
        if (!value.toString().equals(text)) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    private static long natural(String text) {
        long value = Long.parseLong(text);
        if (value < 0) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    private static StreamType streamType(String word) {
        for (StreamType type : StreamType.values()) {
            if (type.word().equals(word)) {
                return type;
            }
        }
        throw new IllegalArgumentException();
    }
}
