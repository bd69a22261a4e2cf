package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.kernel.KeyId;
import io.byok.platform.event.StoredEvent;
import io.byok.platform.kafka.EventRecords;
import io.byok.platform.kafka.EventTopic;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What must be true after a crash: all that was acknowledged is everywhere, once; nothing is anywhere in half. */
final class Aftermath {

    private final Traffic traffic;
    private final Database database;

    Aftermath(Traffic traffic, Database database) {
        this.traffic = traffic;
        this.database = database;
    }

    /** In the store: at the position that was answered, with the version that was answered. */
    void everyAcknowledgedCommandIsInTheStore() {
        Map<String, String> stored = new HashMap<>();
        database.rows("select position || ' ' || stream || ' ' || sequence from log.event where stream_type = 4")
                .forEach(row -> stored.put(row.substring(0, row.indexOf(' ')), row.substring(row.indexOf(' ') + 1)));
        traffic.keys().forEach((key, all) -> {
            String stream = KeyId.parse(key).orElseThrow().value().toString();
            for (Traffic.Done done : all) {
                assertThat(stored.get("" + done.position()))
                        .as("%s of %s", done, key)
                        .isEqualTo(stream + " " + done.etag().replace("\"", ""));
            }
        });
    }

    void positionsAreDenseAndStreamsWhole() {
        assertThat(database.rows("select count(*) = max(position) - min(position) + 1 from log.event"))
                .containsExactly("t");
        assertThat(
                        database.rows(
                                "select stream from log.event group by stream"
                                        + " having count(*) <> max(sequence) + 1 or min(sequence) <> 0 or count(*) <> count(distinct sequence)"))
                .isEmpty();
    }

    /** What is written in one transaction is there together or not at all. */
    void nothingIsHalfThere() {
        assertThat(database.rows("select h.key from head.key_head h where h.sequence <>"
                        + " (select max(e.sequence) from log.event e where e.stream = h.key)"))
                .isEmpty();
        assertThat(database.rows("select stream from log.event where name = 30 except select key from head.key_head"))
                .isEmpty();
        assertThat(database.rows(
                        "select key, version from head.key_head except select key, version from vault.credential"))
                .isEmpty();
        assertThat(database.rows("select key from vault.credential except select key from head.key_head"))
                .isEmpty();
        assertThat(database.rows("select key from vault.credential_key except select key from head.key_head"))
                .isEmpty();
        // Every idempotent answer points to what it led to.
        assertThat(database.rows("select i.stream from head.idempotency i where i.stream_type = 4 and not exists"
                        + " (select 1 from log.event e where e.stream = i.stream and e.sequence = i.sequence)"))
                .isEmpty();
    }

    void theReadModelsShowEachOfThemOnce() {
        assertThat(database.rows("select h.key from head.key_head h left join view.key_view v on v.key = h.key"
                        + " where v.key is null or v.version <> h.version or v.sequence <> h.sequence"
                        + " or v.status <> h.status"))
                .isEmpty();
        assertThat(database.rows("select count(*) from view.key_view"))
                .isEqualTo(database.rows("select count(*) from head.key_head"));
        Map<String, List<String>> told = actions();
        traffic.keys()
                .forEach((key, all) -> assertThat(
                                told.get(KeyId.parse(key).orElseThrow().value().toString()))
                        .as(key)
                        .isEqualTo(all.stream().map(Traffic.Done::action).toList()));
        List<String> uses = database.rows("select details ->> 'useId' from view.audit_event where action = 'key-used'");
        Set<String> once = new HashSet<>(uses);
        assertThat(once).as("uses, each once").hasSameSizeAs(uses);
        assertThat(traffic.uses().stream().filter(use -> !once.contains(use)))
                .as("uses that were acknowledged and are nowhere")
                .isEmpty();
        assertThat(database.rows(
                        "select coalesce(sum(amount), 0)::bigint from view.usage_day where measure = 'requests'"))
                .containsExactly("" + traffic.usageRecords().size());
        assertThat(database.rows("select coalesce(sum(amount), 0)::bigint from view.usage_day where measure = 'unit'"))
                .containsExactly("" + 3 * traffic.usageRecords().size());
        assertThat(database.rows("select count(*) from view.parked")).containsExactly("0");
    }

    /** What the trail says was done to each key, in its order; what the server does by itself left out. */
    private Map<String, List<String>> actions() {
        Map<String, List<String>> actions = new HashMap<>();
        database.rows("select key || ' ' || action from view.audit_event where key is not null and action not in"
                        + " ('key-used', 'key-version-retired', 'usage-reported') order by position, item")
                .forEach(row -> actions.computeIfAbsent(row.substring(0, 36), first -> new ArrayList<>())
                        .add(row.substring(37)));
        return actions;
    }

    /** In Kafka: every event of the store, in its order, with its bytes; one that is there twice is the same twice. */
    void kafkaHoldsTheStore(String bootstrapServers) {
        Map<Long, String> seen = new HashMap<>();
        List<Long> order = new ArrayList<>();
        for (StoredEvent record : records(bootstrapServers)) {
            String bytes = digest(record.event().payload());
            String before = seen.putIfAbsent(record.position(), bytes);
            if (before == null) {
                order.add(record.position());
            } else {
                assertThat(bytes).as("position %d again", record.position()).isEqualTo(before);
            }
        }
        List<String> stored = database.rows(
                "select position || ' ' || encode(sha256(payload), 'hex') from log.event order by position");
        List<String> sent = order.stream()
                .map(position -> position + " " + seen.get(position))
                .toList();
        assertThat(sent)
                .as("Kafka and the store, which %s", difference(sent, stored))
                .isEqualTo(stored);
        assertThat(new HashSet<>(order)).hasSameSizeAs(order);
    }

    /** Where two lists part: a failure shows their beginnings only. */
    private static String difference(List<String> sent, List<String> stored) {
        int same = 0;
        while (same < Math.min(sent.size(), stored.size()) && sent.get(same).equals(stored.get(same))) {
            same++;
        }
        return "part at %d of %d sent and %d stored: %s, %s"
                .formatted(
                        same,
                        sent.size(),
                        stored.size(),
                        sent.subList(same, Math.min(sent.size(), same + 3)),
                        stored.subList(same, Math.min(stored.size(), same + 3)));
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Everything that lies in the topic, in its order. */
    static List<StoredEvent> records(String bootstrapServers) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        TopicPartition lane = new TopicPartition(EventTopic.NAME, EventTopic.partition(0));
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(lane));
            consumer.seekToBeginning(List.of(lane));
            long end = consumer.endOffsets(List.of(lane)).get(lane);
            List<StoredEvent> records = new ArrayList<>();
            while (consumer.position(lane) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    records.add(EventRecords.fromRecord(record));
                }
            }
            return records;
        }
    }
}
