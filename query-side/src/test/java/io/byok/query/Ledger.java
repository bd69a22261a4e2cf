package io.byok.query;

import com.zaxxer.hikari.HikariDataSource;
import io.byok.kernel.DomainEvent;
import io.byok.kernel.Envelope;
import io.byok.kernel.Provenance;
import io.byok.kernel.StreamId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.platform.event.EventJson;
import io.byok.platform.event.EventSealing;
import io.byok.platform.event.SealedEvent;
import io.byok.platform.event.SealedEvents;
import io.byok.platform.event.StoredEvent;
import io.byok.platform.kafka.EventRecords;
import io.byok.platform.seal.Keyring;
import io.byok.platform.seal.KeyringFile;
import io.byok.platform.seal.TenantKeks;
import io.byok.testkit.TestDatabase;
import io.byok.testkit.TestKafka;
import io.byok.testkit.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A database with every schema, a topic of its own, and what the write side would have put there: really sealed events,
 * in the store and in Kafka.
 */
public final class Ledger implements AutoCloseable {

    public static final Provenance BY = new Provenance("tok_someone", "req-1");

    private static int topics;

    private final @Nullable String bootstrapServers;

    private final HikariDataSource database;
    private final DSLContext jooq;
    private final Keyring keyring;
    private final EventSealing sealing;
    private final Map<StreamId, Long> sequences = new HashMap<>();
    private final List<StoredEvent> history = new ArrayList<>();
    private @Nullable KafkaProducer<byte[], byte[]> producer;
    private @Nullable String topic;

    private static final String[] MIGRATIONS = {
        "db/platform", "filesystem:../command-side/src/main/resources/db/command", "db/query"
    };

    public Ledger() {
        this(TestPostgres.freshDatabase(MIGRATIONS));
    }

    public Ledger(TestDatabase at) {
        this(at, null);
    }

    /** With Kafka elsewhere than where all tests have it. */
    public Ledger(String bootstrapServers) {
        this(TestPostgres.freshDatabase(MIGRATIONS), bootstrapServers);
    }

    private Ledger(TestDatabase at, @Nullable String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        database = new HikariDataSource();
        database.setJdbcUrl(at.jdbcUrl());
        database.setUsername(at.username());
        database.setPassword(at.password());
        database.setMaximumPoolSize(8);
        database.setConnectionTimeout(3_000);
        jooq = DSL.using(database, SQLDialect.POSTGRES);
        try {
            Path file = Files.createTempDirectory("byok-ledger").resolve("keyring");
            keyring = new Keyring(
                    database,
                    new TenantKeks(database, KeyringFile.openOrCreate(file).roots()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sealing = new SealedEvents(keyring, new EventJson());
    }

    public HikariDataSource database() {
        return database;
    }

    public DSLContext jooq() {
        return jooq;
    }

    public EventSealing sealing() {
        return sealing;
    }

    public Keyring keyring() {
        return keyring;
    }

    public List<StoredEvent> history() {
        return history;
    }

    public long end() {
        return history.size();
    }

    /** Seals an event as the next of its stream and puts it into the store, not into Kafka. */
    public StoredEvent append(TenantId tenant, @Nullable SubjectId subject, StreamId stream, DomainEvent event) {
        return append(seal(tenant, subject, stream, event));
    }

    /** The same, caused by somebody else. */
    public StoredEvent append(
            TenantId tenant, @Nullable SubjectId subject, StreamId stream, DomainEvent event, Provenance by) {
        return append(seal(tenant, subject, stream, event, by));
    }

    /** Seals an event as the next of its stream. */
    public SealedEvent seal(TenantId tenant, @Nullable SubjectId subject, StreamId stream, DomainEvent event) {
        return seal(tenant, subject, stream, event, BY);
    }

    private SealedEvent seal(
            TenantId tenant, @Nullable SubjectId subject, StreamId stream, DomainEvent event, Provenance by) {
        long sequence = sequences.merge(stream, 0L, (before, _) -> before + 1);
        UUID id = new UUID(0x019a_0000_0000_7000L, 0x8000_0000_0000_0000L + history.size());
        Envelope envelope = new Envelope(id, tenant, subject, stream, sequence, event, by);
        return sealing.seal(envelope);
    }

    /** Puts this into the store as it is. */
    public StoredEvent append(SealedEvent event) {
        StoredEvent stored = new StoredEvent(history.size() + 1, event);
        history.add(stored);
        SubjectId subject = event.subject();
        jooq.execute(
                "insert into log.event values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz, ?)",
                stored.position(),
                event.eventId(),
                event.tenant().value(),
                DSL.val(subject == null ? null : subject.value(), UUID.class),
                event.stream().type().code(),
                event.stream().value(),
                event.sequence(),
                event.name().code(),
                event.name().revision(),
                event.occurredAt().atOffset(ZoneOffset.UTC),
                event.payload());
        return stored;
    }

    /** Sends these to Kafka, in this order. */
    public void publish(List<StoredEvent> events) {
        send(events.stream().map(event -> EventRecords.toRecord(0, event)).toList());
    }

    /** Sends these to the topic of this ledger, wherever they were meant for. */
    public void send(List<ProducerRecord<byte[], byte[]>> records) {
        String name = partition().topic();
        KafkaProducer<byte[], byte[]> to = producer();
        for (ProducerRecord<byte[], byte[]> record : records) {
            // Stamped with now: brokers refuse what is far from their own clock, and a sample history is.
            to.send(new ProducerRecord<>(name, 0, null, record.key(), record.value(), record.headers()));
        }
        to.flush();
    }

    public String bootstrapServers() {
        return bootstrapServers == null ? TestKafka.bootstrapServers() : bootstrapServers;
    }

    /** Makes the schemas in a database that has none. */
    public static TestDatabase migrated(TestDatabase database) {
        Flyway.configure()
                .dataSource(database.dataSource())
                .locations(MIGRATIONS)
                .load()
                .migrate();
        return database;
    }

    /** The lane's partition in a topic that nobody else uses. */
    public synchronized TopicPartition partition() {
        if (topic == null) {
            topic = "events-" + ProcessHandle.current().pid() + "-" + ++topics + "-"
                    + Instant.now().toEpochMilli();
            createTopic(topic);
        }
        return new TopicPartition(topic, 0);
    }

    private void createTopic(String name) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(name, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized KafkaProducer<byte[], byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            bootstrapServers(),
                            ProducerConfig.ACKS_CONFIG,
                            "all"),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        }
        return producer;
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close();
        }
        keyring.close();
        database.close();
    }
}
