package io.byok.e2e;

import io.byok.testkit.FaultyPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** What may happen to a running installation; each ends by itself, and nobody restarts anything that was not killed. */
enum Fault {
    SERVER_KILLED {
        @Override
        void strike(Server server, World world, FaultyPostgres postgres, Duration length) {
            server.kill9();
            server.start();
        }
    },
    POSTGRES_KILLED {
        @Override
        void strike(Server server, World world, FaultyPostgres postgres, Duration length) {
            postgres.kill();
            postgres.start();
        }
    },
    KAFKA_KILLED {
        @Override
        void strike(Server server, World world, FaultyPostgres postgres, Duration length) {
            world.kafka().kill();
            world.kafka().start();
        }
    },
    SERVER_FROZEN {
        @Override
        void strike(Server server, World world, FaultyPostgres postgres, Duration length) {
            server.freeze();
            rest(length);
            server.thaw();
        }
    },
    POSTGRES_FROZEN {
        @Override
        void strike(Server server, World world, FaultyPostgres postgres, Duration length) {
            postgres.freeze();
            rest(length);
            postgres.thaw();
        }
    },
    KAFKA_FROZEN {
        @Override
        void strike(Server server, World world, FaultyPostgres postgres, Duration length) {
            world.kafka().freeze();
            rest(length);
            world.kafka().thaw();
        }
    },
    /** Somebody else's transaction, with a number and a snapshot, older than all that is written meanwhile. */
    FOREIGN_TRANSACTION {
        @Override
        void strike(Server server, World world, FaultyPostgres postgres, Duration length) {
            try (Connection foreign = world.database().access().connect()) {
                foreign.setAutoCommit(false);
                foreign.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                try (Statement statement = foreign.createStatement()) {
                    statement.execute("select pg_current_xact_id(), count(*) from log.event");
                }
                rest(length);
                foreign.rollback();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    };

    /** @param length how long it lasts, where that can be chosen */
    abstract void strike(Server server, World world, FaultyPostgres postgres, Duration length);

    private static void rest(Duration length) {
        LockSupport.parkNanos(length.toNanos());
    }
}
