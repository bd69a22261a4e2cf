package io.byok.platform.kafka;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The topic of sealed events: one partition per lane of the log, so that the positions in a partition are dense. Kept for
 * ever, since it is as much history as the log itself; what must become unreadable does so by its keys.
 */
public final class EventTopic {

    public static final String NAME = "byok.events";

    /** Bytes of the largest record; a segment of usage records may be large. */
    public static final int MAX_RECORD = 8 << 20;

    private static final int LANES = 1;
    private static final long TIMEOUT_SECONDS = 10;

    private EventTopic() {}

    /** The partition that a lane is written to. */
    public static int partition(int lane) {
        return lane;
    }

    /**
     * Creates the topic unless it exists; one that exists is left as it is.
     *
     * @throws KafkaException when the brokers do not answer in 10 s or refuse
     */
    public static void ensure(Admin admin) throws InterruptedException {
        NewTopic topic = new NewTopic(NAME, Optional.of(LANES), Optional.empty())
                .configs(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.RETENTION_MS_CONFIG,
                        "-1",
                        TopicConfig.RETENTION_BYTES_CONFIG,
                        "-1",
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        String.valueOf(MAX_RECORD),
                        // A record carries its event's time. Kafka would refuse one from a node whose clock is an hour
                        // fast, and the relay, which never skips, would wait behind it for an hour.
                        TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
                        String.valueOf(Long.MAX_VALUE),
                        TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG,
                        String.valueOf(Long.MAX_VALUE),
                        TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
                        "false"));
        try {
            admin.createTopics(Set.of(topic)).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new KafkaException("the topic " + NAME + " cannot be created", e.getCause());
            }
        } catch (TimeoutException e) {
            throw new KafkaException("Kafka does not answer", e);
        }
    }
}
