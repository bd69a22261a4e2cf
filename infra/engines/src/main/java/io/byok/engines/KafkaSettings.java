package io.byok.engines;

import java.nio.file.Path;
import java.util.Properties;

/** What the embedded Kafka runs with: one node that is broker and controller, on loopback, sized for one machine. */
final class KafkaSettings {

    static final int NODE = 1;
    static final String CONTROLLER = "CONTROLLER";

    private KafkaSettings() {}

    static Properties of(Path directory, int port, int controllerPort, boolean ephemeral) {
        Properties settings = new Properties();
        settings.put("node.id", Integer.toString(NODE));
        settings.put("process.roles", "broker,controller");
        settings.put("log.dirs", directory.toString());

        settings.put(
                "listeners", "PLAINTEXT://127.0.0.1:" + port + "," + CONTROLLER + "://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("controller.listener.names", CONTROLLER);
        settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);

        settings.put("auto.create.topics.enable", "false");
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        for (String internal :
                new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            settings.put(internal + ".replication.factor", "1");
            settings.put(internal + ".num.partitions", "1");
        }
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");

        // There is no replica to fall back to: an acknowledgement means the disk, not the page cache.
        if (!ephemeral) {
            settings.put("log.flush.interval.messages", "1");
        }

        // A lone node has nobody to wait for, at its start or when a consumer joins.
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("broker.heartbeat.interval.ms", "200");
        // After a kill -9 the controller keeps the killed broker's seat for this long before it lets the new one in.
        settings.put("broker.session.timeout.ms", "1000");
        settings.put("controller.quorum.election.timeout.ms", "100");
        settings.put("metadata.log.max.idle.interval.ms", "0");

        // The defaults are for a machine of its own (the cleaner's buffer alone is 128 MB).
        settings.put("log.cleaner.dedupe.buffer.size", "2097152");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
        settings.put("num.recovery.threads.per.data.dir", "2");
        settings.put("delete.topic.enable", "true");
        return settings;
    }
}
