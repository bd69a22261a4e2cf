package io.byok.command.relay;

import io.byok.command.store.Lane;
import io.byok.platform.event.StoredEvent;
import io.byok.platform.kafka.EventRecords;
import io.byok.platform.kafka.EventTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends events to a lane's partition, in order.
 *
 * <p>Never reorders: the producer is idempotent, and no record ever expires in it, since one that did could be overtaken
 * by those behind it. A publisher that fails is closed, with whatever it still holds, before another one starts.
 */
final class Publisher implements AutoCloseable {

    private static final long ASK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Lane lane;
    private final Producer<byte[], byte[]> producer;

    private Publisher(Lane lane, Producer<byte[], byte[]> producer) {
        this.lane = lane;
        this.producer = producer;
    }

    /** Creates the topic where it is missing. @throws KafkaException when the brokers are away */
    static void prepare(String bootstrapServers) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            EventTopic.ensure(admin);
        }
    }

    /** Returns at once; connects when there is something to send. */
    static Publisher to(String bootstrapServers, Lane lane) {
        return new Publisher(
                lane,
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ProducerConfig.CLIENT_ID_CONFIG,
                                "byok-relay-" + lane.number(),
                                ProducerConfig.ACKS_CONFIG,
                                "all",
                                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                                true,
                                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                                Integer.MAX_VALUE,
                                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                                3_000,
                                ProducerConfig.LINGER_MS_CONFIG,
                                0,
                                ProducerConfig.BATCH_SIZE_CONFIG,
                                256 << 10,
                                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                                EventTopic.MAX_RECORD,
                                ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                                500),
                        new ByteArraySerializer(),
                        new ByteArraySerializer()));
    }

    /**
     * Returns when the brokers have acknowledged all of it; waits as long as they are away and {@code going} says so,
     * which is asked every few seconds.
     *
     * @throws KafkaException when they refuse, or {@code going} has become false; what was sent is not known then
     */
    void publish(List<StoredEvent> events, BooleanSupplier going) throws InterruptedException {
        List<Future<?>> sent = new ArrayList<>(events.size());
        long asked = System.nanoTime();
        for (StoredEvent event : events) {
            if (System.nanoTime() - asked > ASK_NANOS) { // the producer lets us wait while its buffer is full
                ask(going);
                asked = System.nanoTime();
            }
            Future<?> acknowledgement = producer.send(EventRecords.toRecord(lane.number(), event));
            if (acknowledgement.isDone()) {
                await(acknowledgement, going); // refused at once: those behind it must not be sent
            }
            sent.add(acknowledgement);
        }
        for (Future<?> acknowledgement : sent) {
            await(acknowledgement, going);
        }
    }

    private static void await(Future<?> acknowledgement, BooleanSupplier going) throws InterruptedException {
        while (true) {
            try {
                acknowledgement.get(1, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException e) {
                ask(going);
            } catch (ExecutionException e) {
                throw new KafkaException("the brokers refused an event", e.getCause());
            }
        }
    }

    private static void ask(BooleanSupplier going) {
        if (!going.getAsBoolean()) {
            throw new KafkaException("no longer the relay of the lane");
        }
    }

    /** Drops what is not acknowledged; it is sent again by whoever comes next. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
