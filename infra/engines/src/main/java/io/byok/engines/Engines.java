package io.byok.engines;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The embedded engines of one server, each only if it is wanted. Started side by side, and again when one ends by itself;
 * closed in the order in which they depend on nobody: Kafka, then PostgreSQL. Close whatever uses them first.
 */
public final class Engines implements AutoCloseable {

    private final @Nullable EmbeddedPostgresEngine postgres;
    private final @Nullable EmbeddedKafkaEngine kafka;
    private final EngineKeeper keeper;

    private Engines(@Nullable EmbeddedPostgresEngine postgres, @Nullable EmbeddedKafkaEngine kafka) {
        this.postgres = postgres;
        this.kafka = kafka;
        this.keeper = new EngineKeeper(postgres, kafka);
    }

    /** For a server that was given both. */
    public static Engines none() {
        return new Engines(null, null);
    }

    /** Absent if the server was given a database. */
    public @Nullable EmbeddedPostgresEngine postgres() {
        return postgres;
    }

    /** Absent if the server was given brokers. */
    public @Nullable EmbeddedKafkaEngine kafka() {
        return kafka;
    }

    /** Starts both on {@code data/postgres} and {@code data/kafka}. */
    public static Engines start(Path data) {
        return start(data, true, true);
    }

    /**
     * Starts those that are wanted, at the same time. If one fails, none is left running.
     *
     * @throws EngineException with one line that says which one failed and why
     */
    public static Engines start(Path data, boolean wantPostgres, boolean wantKafka) {
        CompletableFuture<@Nullable EmbeddedPostgresEngine> postgres = CompletableFuture.supplyAsync(
                () -> wantPostgres ? EmbeddedPostgresEngine.start(data.resolve("postgres"), 0) : null, Engines::fork);
        CompletableFuture<@Nullable EmbeddedKafkaEngine> kafka = CompletableFuture.supplyAsync(
                () -> wantKafka ? EmbeddedKafkaEngine.start(data.resolve("kafka"), 0) : null, Engines::fork);
        try {
            CompletableFuture.allOf(postgres, kafka).join();
            return new Engines(postgres.join(), kafka.join());
        } catch (CompletionException e) {
            new Engines(orNull(postgres), orNull(kafka)).close();
            throw e.getCause() instanceof EngineException known
                    ? known
                    : new EngineException("cannot start the engines: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        keeper.close();
        try (postgres) {
            if (kafka != null) {
                kafka.close();
            }
        }
    }

    private static void fork(Runnable start) {
        Thread.ofPlatform().name("engine-start").start(start);
    }

    private static <T> @Nullable T orNull(CompletableFuture<@Nullable T> started) {
        return started.isCompletedExceptionally() ? null : started.join();
    }
}
