package io.byok.command.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.command.store.Appender;
import io.byok.command.store.EventLog;
import io.byok.command.store.Events;
import io.byok.command.store.Lane;
import io.byok.command.store.LogFixture;
import io.byok.platform.event.StoredEvent;
import io.byok.platform.kafka.EventRecords;
import io.byok.platform.kafka.EventTopic;
import io.byok.testkit.FaultyKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RelayTest {

    private static FaultyKafka kafka;

    private final LogFixture fixture = LogFixture.fresh();
    private final EventLog log = new EventLog(fixture.connections("reader"));
    private final Appender appender = new Appender(fixture.connections("appender"), Lane.FIRST);
    private final List<Relay> relays = new ArrayList<>();

    @BeforeAll
    static void start() {
        kafka = FaultyKafka.running();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    /** Each test has a log of its own, so each has a topic of its own. */
    @BeforeEach
    void noTopic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.deleteTopics(Set.of(EventTopic.NAME)).all().get();
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @AfterEach
    void close() {
        relays.forEach(Relay::close);
        appender.close();
    }

    @Test
    void every_event_arrives_in_order_with_the_bytes_of_the_log() {
        append(50);
        relay("relay-a");
        append(50);
        List<StoredEvent> arrived = consume(100);
        assertThat(arrived).usingRecursiveComparison().isEqualTo(log.after(0, 1000));
        assertThat(positions(arrived)).containsExactly(dense(100));
        awaitLag(0);
    }

    @Test
    void when_the_working_relay_loses_its_session_another_goes_on_and_skips_nothing() {
        Relay first = relay("relay-a");
        append(10);
        assertThat(consume(10)).hasSize(10);
        Relay second = relay("relay-b");
        assertThat(second.active()).isFalse();
        first.close();
        append(10);
        assertThat(positions(consume(20)).distinct()).containsExactly(dense(20));
        assertThat(second.active()).isTrue();
    }

    @Test
    void a_killed_session_or_a_relay_without_a_database_starts_again_by_itself() {
        relay("relay-a");
        append(10);
        assertThat(consume(10)).hasSize(10);
        fixture.kill("relay-a");
        append(10);
        assertThat(positions(consume(20)).distinct()).containsExactly(dense(20));
    }

    @Test
    void a_broker_that_is_away_costs_only_lag() {
        Relay relay = relay("relay-a");
        append(10);
        assertThat(consume(10)).hasSize(10);
        kafka.kill();
        append(500);
        assertThat(log.lastPosition()).isEqualTo(510);
        assertThat(relay.lag()).isPositive();
        kafka.start();
        List<StoredEvent> arrived = consume(510);
        assertThat(positions(arrived).distinct()).containsExactly(dense(510));
        assertNothingOvertakes(arrived);
        awaitLag(0);
    }

    @Test
    void a_relay_that_stands_by_tells_the_working_one_what_its_node_commits() {
        Relay working = new Relay(
                fixture.connections("relay-a"), log, Lane.FIRST, kafka.bootstrapServers(), Duration.ofDays(1));
        relays.add(working);
        append(1);
        working.wake();
        assertThat(consume(1)).hasSize(1);
        Relay standby = relay("relay-b"); // the only one that the appender wakes; the other never looks by itself
        append(20);
        assertThat(positions(consume(21))).containsExactly(dense(21));
        assertThat(standby.active()).isFalse();
    }

    @Test
    void what_was_committed_is_with_the_brokers_when_it_has_drained_unless_they_are_away() throws Exception {
        Relay relay = relay("relay-a");
        append(1);
        consume(1);
        append(3000);
        assertThat(relay.drain(Duration.ofSeconds(60))).isTrue();
        assertThat(relay.lag()).isZero();
        kafka.kill();
        append(1);
        assertThat(relay.drain(Duration.ofMillis(300))).isFalse();
        kafka.start();
        assertThat(relay.drain(Duration.ofSeconds(60))).isTrue();
        assertThat(positions(consume(3002)).distinct()).containsExactly(dense(3002));
    }

    private Relay relay(String name) {
        Relay relay = new Relay(fixture.connections(name), log, Lane.FIRST, kafka.bootstrapServers());
        appender.onCommitted(position -> relay.wake());
        relays.add(relay);
        return relay;
    }

    private void append(int events) {
        for (int i = 0; i < events; i++) {
            appender.append(Events.entry(Events.event(Events.stream(), 0)));
        }
    }

    private void awaitLag(long lag) {
        while (relays.getLast().lag() > lag) {
            Thread.onSpinWait(); // bounded by the class's timeout
        }
    }

    /** A record may come twice, but none before all that precede it have come once. */
    private static void assertNothingOvertakes(List<StoredEvent> arrived) {
        long last = 0;
        for (StoredEvent event : arrived) {
            assertThat(event.position()).isLessThanOrEqualTo(last + 1);
            last = Math.max(last, event.position());
        }
    }

    private static LongStream positions(List<StoredEvent> events) {
        return events.stream().mapToLong(StoredEvent::position);
    }

    private static Long[] dense(int count) {
        return LongStream.rangeClosed(1, count).boxed().toArray(Long[]::new);
    }

    /** Everything in the topic, once it holds that position. */
    private static List<StoredEvent> consume(long position) {
        List<StoredEvent> events = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(EventTopic.NAME, EventTopic.partition(0));
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (events.isEmpty() || events.getLast().position() < position) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    events.add(EventRecords.fromRecord(record));
                }
            }
        }
        return events;
    }
}
