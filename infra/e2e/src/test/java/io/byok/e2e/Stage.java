package io.byok.e2e;

import io.byok.testkit.FaultyKafka;
import io.byok.testkit.FaultyPostgres;
import io.byok.testkit.SmallDisk;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An installation that faults strike: a server, and engines of its own.
 *
 * @param disks that the engines' data are on, where these are to be full; absent for ordinary directories
 */
record Stage(
        FaultyPostgres postgres,
        World world,
        Server server,
        @Nullable Disks disks) implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Stage.class);

    /** One for each engine. */
    record Disks(SmallDisk postgres, SmallDisk kafka) implements AutoCloseable {

        @Override
        public void close() {
            postgres.close();
            kafka.close();
        }
    }

    static Stage plain() {
        FaultyPostgres postgres = FaultyPostgres.running();
        World world = World.on(postgres.database());
        return new Stage(postgres, world, Server.in(world), null);
    }

    /** @throws TestAbortedException where this machine has no such disks */
    static Stage onSmallDisks(int megabytes) {
        Disks disks = new Disks(mounted(megabytes), mounted(megabytes));
        FaultyPostgres postgres = FaultyPostgres.running(disks.postgres().directory("postgres"));
        World world =
                World.on(postgres.database(), FaultyKafka.running(disks.kafka().directory("kafka")));
        return new Stage(postgres, world, Server.in(world), disks);
    }

    Disks fillable() {
        if (disks == null) {
            throw new IllegalStateException("these engines are not on disks of their own");
        }
        return disks;
    }

    /** What whoever runs a database or a broker has for them: what ended by itself is started again. The server is not. */
    void startEnginesThatGaveUp() {
        if (!postgres.isRunning()) {
            log.info("PostgreSQL had given up and is started again");
            postgres.start();
        }
        if (!world.kafka().isRunning()) {
            log.info("Kafka had given up and is started again");
            world.kafka().start();
        }
    }

    @Override
    public void close() {
        try (disks) {
            server.close();
            world.close();
            postgres.close();
        }
    }

    private static SmallDisk mounted(int megabytes) {
        Optional<SmallDisk> disk = SmallDisk.mounted(megabytes);
        return disk.orElseThrow(() -> new TestAbortedException("this machine lets us mount no small file system"));
    }
}
