package io.byok.query.feed;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Opens Kafka consumers for the feed. They belong to no group: who reads is settled by a lease in PostgreSQL, and where
 * from by the position stored beside the rows, so Kafka has nothing to remember and a restart nothing to wait for.
 */
final class Consumers {

    private static final int FETCH_BYTES = 16 << 20;
    private static final int RECORDS = 5_000;

    private final Map<String, Object> settings = new HashMap<>();

    private final TopicPartition partition;

    /** @param bootstrapServers as Kafka's clients take them */
    Consumers(String bootstrapServers, TopicPartition partition) {
        this.partition = partition;
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "byok-feed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // The stored offset may be gone with an old topic. Positions tell what was applied, so the start is always
        // safe.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000L);
    }

    TopicPartition partition() {
        return partition;
    }

    /** A consumer of the partition that begins at this offset. */
    Consumer<byte[], byte[]> openAt(long offset) {
        Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(partition));
        consumer.seek(partition, offset);
        return consumer;
    }
}
