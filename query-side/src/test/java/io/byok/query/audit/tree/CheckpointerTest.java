package io.byok.query.audit.tree;

import static io.byok.query.jooq.Tables.AUDIT_CHECKPOINT;
import static io.byok.query.jooq.Tables.AUDIT_LEAF;
import static io.byok.query.jooq.Tables.AUDIT_LOG;
import static io.byok.query.jooq.Tables.AUDIT_TILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.platform.seal.NoteKey;
import io.byok.platform.seal.SignedNote;
import io.byok.query.jooq.tables.records.AuditCheckpointRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointerTest {

    private final String topic = "checkpoints-" + UUID.randomUUID();

    @TempDir
    private Path directory;

    private SignedLedger log;
    private LastSigned lastSigned;

    @BeforeEach
    void begin() {
        log = new SignedLedger(3).grow(120, 30);
        lastSigned = new LastSigned(directory.resolve("audit.signed"));
    }

    @AfterEach
    void end() {
        log.close();
    }

    private Checkpointer checkpointer() {
        return new Checkpointer(
                log.ledger.database(),
                log.signing,
                log.checkpoints,
                log.origins,
                lastSigned,
                new CheckpointTopic(log.ledger.bootstrapServers(), topic),
                new SimpleMeterRegistry());
    }

    /** The end of a server is enough: what was not signed yet is signed then. */
    private void runOnce() {
        Checkpointer checkpointer = checkpointer();
        checkpointer.start();
        checkpointer.stop();
        assertThat(checkpointer.isRunning()).isFalse();
    }

    private NoteKey platformKey() {
        return log.origins.key(AuditTrees.PLATFORM);
    }

    private Map<String, String> published() {
        Map<String, String> notes = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, log.ledger.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> notes.put(
                                new String(record.key(), StandardCharsets.UTF_8),
                                new String(record.value(), StandardCharsets.UTF_8)));
            }
        }
        return notes;
    }

    @Test
    void the_end_of_a_server_signs_every_log_writes_it_down_and_publishes_it() throws Exception {
        runOnce();
        Map<String, String> published = published();
        List<AuditCheckpointRecord> signed =
                log.ledger.jooq().selectFrom(AUDIT_CHECKPOINT).fetch();
        assertThat(signed).hasSize(log.history.tenants().size() + 1).allSatisfy(row -> {
            assertThat(row.getPublished()).isTrue();
            assertThat(published).containsEntry(log.origins.of(row.getTenant()), row.getNote());
            assertThat(SignedNote.open(row.getNote(), log.origins.key(row.getTenant())))
                    .isPresent();
        });
        assertThat(lastSigned.read())
                .contains(log.checkpoints
                        .newest(AuditTrees.PLATFORM)
                        .orElseThrow()
                        .getNote());
        runOnce();
        assertThat(log.ledger.jooq().fetchCount(AUDIT_CHECKPOINT))
                .as("nothing new, nothing signed")
                .isEqualTo(signed.size());
    }

    @Test
    void a_database_from_before_what_was_signed_is_refused() throws Exception {
        assertThatCode(() -> lastSigned.check(log.checkpoints, platformKey())).doesNotThrowAnyException();
        runOnce();
        log.grow(30, 10);
        runOnce();
        assertThatCode(() -> lastSigned.check(log.checkpoints, platformKey())).doesNotThrowAnyException();
        long size = log.checkpoints.newest(AuditTrees.PLATFORM).orElseThrow().getSize();
        log.ledger
                .jooq()
                .deleteFrom(AUDIT_CHECKPOINT)
                .where(AUDIT_CHECKPOINT.SIZE.eq(size))
                .execute();
        assertThatThrownBy(() -> lastSigned.check(log.checkpoints, platformKey()))
                .isInstanceOf(RolledBack.class)
                .hasMessageStartingWith(
                        "the database is older than the audit log that was signed, which has " + size + " events");
    }

    @Test
    void another_database_is_refused_and_so_is_a_file_that_somebody_changed() throws Exception {
        runOnce();
        try (SignedLedger other = new SignedLedger(4)) {
            assertThatThrownBy(() -> lastSigned.check(other.checkpoints, other.origins.key(AuditTrees.PLATFORM)))
                    .isInstanceOf(RolledBack.class);
        }
        Path file = directory.resolve("audit.signed");
        Files.writeString(file, Files.readString(file).replaceFirst("\n\\d+\n", "\n1\n"));
        assertThatThrownBy(() -> lastSigned.check(log.checkpoints, platformKey()))
                .isInstanceOf(RolledBack.class);
    }

    @Test
    void a_restored_older_database_is_noticed_by_a_node_without_a_file_of_its_own() throws Exception {
        PublishedState published = new PublishedState(log.ledger.bootstrapServers(), topic);
        assertThatCode(() -> published.check(log.checkpoints, platformKey()))
                .as("nothing was published")
                .doesNotThrowAnyException();
        runOnce();
        List<Table<?>> tables = List.of(AUDIT_CHECKPOINT, AUDIT_LEAF, AUDIT_TILE, AUDIT_LOG);
        tables.forEach(table ->
                log.ledger.jooq().execute("create table {0} as table {1}", DSL.name("old_" + table.getName()), table));
        log.grow(30, 10);
        runOnce();
        long size = log.checkpoints.newest(AuditTrees.PLATFORM).orElseThrow().getSize();
        assertThatCode(() -> published.check(log.checkpoints, platformKey())).doesNotThrowAnyException();
        tables.forEach(table -> {
            log.ledger.jooq().execute("delete from {0}", table);
            log.ledger.jooq().execute("insert into {0} table {1}", table, DSL.name("old_" + table.getName()));
        });
        assertThatThrownBy(() -> published.check(log.checkpoints, platformKey()))
                .isInstanceOf(RolledBack.class)
                .hasMessageContaining("which has " + size + " events");
        assertThatCode(() -> published.check(log.checkpoints, platformKey().named("byok.audit/other/platform")))
                .as("what another installation published")
                .doesNotThrowAnyException();
        assertThatCode(() -> new PublishedState("127.0.0.1:1", topic).check(log.checkpoints, platformKey()))
                .as("Kafka away")
                .doesNotThrowAnyException();
    }

    @Test
    void what_our_key_did_not_sign_stops_no_start() throws Exception {
        runOnce();
        AuditCheckpointRecord forged =
                log.checkpoints.newest(AuditTrees.PLATFORM).orElseThrow();
        forged.setNote(forged.getNote().replaceFirst("\n\\d+\n", "\n999999\n"));
        try (CheckpointTopic open = new CheckpointTopic(log.ledger.bootstrapServers(), topic)) {
            open.publish(log.origins.of(AuditTrees.PLATFORM), forged);
        }
        PublishedState published = new PublishedState(log.ledger.bootstrapServers(), topic);
        assertThatCode(() -> published.check(log.checkpoints, platformKey())).doesNotThrowAnyException();
    }
}
