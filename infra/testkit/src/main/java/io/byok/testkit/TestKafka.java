package io.byok.testkit;

import io.byok.engines.EmbeddedKafkaEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.kafka.KafkaContainer;

/** The Kafka that all tests of this JVM share. Tests keep apart by topics and groups with names of their own. */
public final class TestKafka {

    private static final Logger log = LoggerFactory.getLogger(TestKafka.class);
    private static final String IMAGE = "apache/kafka-native:4.2.1";

    private TestKafka() {}

    /** Started by the first test that asks. */
    public static String bootstrapServers() {
        return Shared.BOOTSTRAP_SERVERS;
    }

    private static String choose() {
        String given = System.getenv("BYOK_TEST_KAFKA");
        if (given != null && !given.isBlank()) {
            log.info("Kafka for the tests: BYOK_TEST_KAFKA");
            return given;
        }
        if (Docker.ANSWERS) {
            try {
                String contained = contained();
                log.info("Kafka for the tests: a container of {}", IMAGE);
                return contained;
            } catch (RuntimeException e) {
                log.info("no container of {} ({})", IMAGE, e.getMessage());
            }
        }
        log.info("Kafka for the tests: embedded");
        EmbeddedKafkaEngine engine = EmbeddedKafkaEngine.startEphemeral();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(engine::close));
        return engine.bootstrapServers();
    }

    @SuppressWarnings("resource") // Testcontainers removes it when this JVM ends
    private static String contained() {
        KafkaContainer container = new KafkaContainer(IMAGE);
        container.start();
        return container.getBootstrapServers();
    }

    private static final class Shared {
        static final String BOOTSTRAP_SERVERS = choose();
    }
}
