package io.byok.query.audit.tree;

import io.byok.kernel.audit.Checkpoint;
import io.byok.platform.seal.NoteKey;
import io.byok.platform.seal.SignedNote;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last state of the platform's log that was published in Kafka: what any node of the installation has signed, so that a
 * restored older database is noticed by a node that has no file of its own, too. Whatever this installation's key did not
 * sign is passed over, or anybody who can write there could stop the server. Kafka away is no reason not to start: what a
 * node has signed itself is in its file.
 */
final class PublishedState {

    private static final Logger log = LoggerFactory.getLogger(PublishedState.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** States of all logs are in there; the platform's is among the newest, since every event moves it. */
    private static final long NEAR_THE_END = 20_000;

    private final String bootstrapServers;
    private final String topic;

    PublishedState(String bootstrapServers, String topic) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
    }

    /** @throws RolledBack when the database does not know what was published */
    void check(Checkpoints checkpoints, NoteKey key) {
        newest(key).ifPresent(published -> LastSigned.mustBeKnown(published, checkpoints));
    }

    /** Empty when there is none, or Kafka does not say. */
    Optional<Checkpoint> newest(NoteKey key) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false,
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        (int) PATIENCE.toMillis(),
                        ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        (int) PATIENCE.toMillis() - 1_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            if (consumer.partitionsFor(topic).isEmpty()) {
                return Optional.empty();
            }
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            long near = Math.max(0, end - NEAR_THE_END);
            Optional<Checkpoint> found = newest(consumer, partition, near, end, key);
            return found.isPresent() || near == 0 ? found : newest(consumer, partition, 0, near, key);
        } catch (KafkaException away) {
            log.warn("what was published in {} is not compared: Kafka does not answer", topic);
            return Optional.empty();
        }
    }

    private static Optional<Checkpoint> newest(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long from, long to, NoteKey key) {
        Optional<Checkpoint> newest = Optional.empty();
        long begin = System.nanoTime();
        consumer.seek(partition, from);
        while (consumer.position(partition) < to && System.nanoTime() - begin < LONGEST.toNanos()) {
            newest = Stream.concat(newest.stream(), states(consumer.poll(Duration.ofMillis(200)), key))
                    .max(Comparator.comparingLong(Checkpoint::size));
        }
        return newest;
    }

    private static Stream<Checkpoint> states(ConsumerRecords<byte[], byte[]> records, NoteKey key) {
        return StreamSupport.stream(records.spliterator(), false)
                .filter(record -> record.key() != null
                        && record.value() != null
                        && new String(record.key(), StandardCharsets.UTF_8).equals(key.name()))
                .map(ConsumerRecord::value)
                .map(value -> SignedNote.open(new String(value, StandardCharsets.UTF_8), key)
                        .flatMap(Checkpoint::parse)
                        .filter(state -> state.origin().equals(key.name())))
                .flatMap(Optional::stream);
    }
}
