package io.byok.query.audit.tree;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.byok.query.jooq.tables.records.AuditCheckpointRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The compacted topic with the newest signed state of each log: the origin is the key, the note is the value. Confined to
 * one thread.
 */
final class CheckpointTopic implements AutoCloseable {

    static final String NAME = "byok.checkpoints";

    private static final long SECONDS = 10;

    private final String bootstrapServers;
    private final String topic;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    CheckpointTopic(String bootstrapServers, String topic) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
    }

    /** Returns when the broker has it. @throws KafkaException when it does not say so in time */
    void publish(String origin, AuditCheckpointRecord row) throws InterruptedException {
        try {
            producer()
                    .send(new ProducerRecord<>(
                            topic, origin.getBytes(UTF_8), row.getNote().getBytes(UTF_8)))
                    .get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("Kafka takes no checkpoints", e);
        }
    }

    private KafkaProducer<byte[], byte[]> producer() throws InterruptedException {
        KafkaProducer<byte[], byte[]> existing = producer;
        if (existing == null) {
            ensure();
            existing = new KafkaProducer<>(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            bootstrapServers,
                            ProducerConfig.CLIENT_ID_CONFIG,
                            "byok-checkpoints",
                            ProducerConfig.ACKS_CONFIG,
                            "all",
                            ProducerConfig.MAX_BLOCK_MS_CONFIG,
                            5_000L,
                            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                            5_000,
                            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                            9_000),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
            producer = existing;
        }
        return existing;
    }

    private void ensure() throws InterruptedException {
        NewTopic wanted = new NewTopic(topic, Optional.of(1), Optional.empty())
                .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000))) {
            admin.createTopics(List.of(wanted)).all().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new KafkaException("the topic " + topic + " cannot be created", e);
            }
        }
    }

    @Override
    public void close() {
        KafkaProducer<byte[], byte[]> open = producer;
        if (open != null) {
            open.close(Duration.ofSeconds(2));
        }
    }
}
