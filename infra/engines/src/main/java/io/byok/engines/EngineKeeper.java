package io.byok.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts embedded engines again that end by themselves (a full disk, a kernel short of memory), as whoever runs a database
 * or a broker has something that does. Tries for as long as it takes; what uses the engines has to bear their absence.
 */
final class EngineKeeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EngineKeeper.class);
    private static final long LOOK_SECONDS = 1;
    private static final long PAUSE_SECONDS = 5;

    /** Bytes: a segment of PostgreSQL's log, Kafka's indexes, and some. */
    private static final long ROOM = 64L << 20;

    private final @Nullable EmbeddedPostgresEngine postgres;
    private final @Nullable EmbeddedKafkaEngine kafka;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    EngineKeeper(@Nullable EmbeddedPostgresEngine postgres, @Nullable EmbeddedKafkaEngine kafka) {
        this.postgres = postgres;
        this.kafka = kafka;
        this.thread = Thread.ofPlatform().name("engine-keeper").daemon().start(this::keep);
    }

    private void keep() {
        long rest = LOOK_SECONDS;
        try {
            while (!closed.await(rest, TimeUnit.SECONDS)) {
                try {
                    look();
                    rest = LOOK_SECONDS;
                } catch (RuntimeException e) {
                    log.warn("{}", e.getMessage());
                    rest = PAUSE_SECONDS;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        if (postgres != null && !postgres.isRunning()) {
            log.error("the embedded PostgreSQL has ended by itself: starting it again");
            room(postgres.directory());
            postgres.start();
            log.info("the embedded PostgreSQL is back");
        }
        if (kafka != null && kafka.gaveUp()) {
            log.error("the embedded Kafka has given up: starting it again");
            room(kafka.directory());
            kafka.restart();
            log.info("the embedded Kafka is back");
        }
    }

    /** An engine that begins without it would end again, and may leave things half done. */
    private static void room(Path directory) {
        try {
            if (Files.getFileStore(directory).getUsableSpace() < ROOM) {
                throw new EngineException("there is no room in " + directory);
            }
        } catch (IOException e) {
            throw new EngineException("cannot ask how much room there is in " + directory, e);
        }
    }

    /** Returns when nothing is started any more. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
