package io.byok.testkit;

import io.byok.engines.EmbeddedKafkaEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Exit;

/** The embedded Kafka in a process of its own, so that it can be killed. Says "ready" once, ends with its input. */
final class KafkaProcess {

    static final String READY = "ready";

    private KafkaProcess() {}

    /** Arguments: the data directory and the port. */
    static void main(String[] arguments) throws IOException {
        try (EmbeddedKafkaEngine kafka =
                EmbeddedKafkaEngine.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]))) {
            // As a broker of its own does, and unlike one inside a server: without a disk it ends.
            Exit.setHaltProcedure((status, message) -> Runtime.getRuntime().halt(status));
            Exit.setExitProcedure((status, message) -> Runtime.getRuntime().halt(status));
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(kafka::stop));
            // Standard output is this process's only channel to the test that started it.
            new java.io.FileOutputStream(java.io.FileDescriptor.out)
                    .write((READY + "\n").getBytes(StandardCharsets.US_ASCII));
            while (System.in.read() >= 0) {
                // Nothing is said to it; the end of the input says that the test is gone.
            }
        }
    }
}
