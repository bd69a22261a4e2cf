package io.byok.e2e;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What may happen to a running installation; each ends by itself, and nobody restarts anything that was not killed. */
enum Fault {
    SERVER_KILLED {
        @Override
        void strike(Stage stage, Duration length) {
            stage.server().kill9();
            stage.server().start();
        }
    },
    POSTGRES_KILLED {
        @Override
        void strike(Stage stage, Duration length) {
            stage.postgres().kill();
            stage.postgres().start();
        }
    },
    KAFKA_KILLED {
        @Override
        void strike(Stage stage, Duration length) {
            stage.world().kafka().kill();
            stage.world().kafka().start();
        }
    },
    SERVER_FROZEN {
        @Override
        void strike(Stage stage, Duration length) {
            stage.server().freeze();
            Eventually.rest(length);
            stage.server().thaw();
        }
    },
    POSTGRES_FROZEN {
        @Override
        void strike(Stage stage, Duration length) {
            stage.postgres().freeze();
            Eventually.rest(length);
            stage.postgres().thaw();
        }
    },
    KAFKA_FROZEN {
        @Override
        void strike(Stage stage, Duration length) {
            stage.world().kafka().freeze();
            Eventually.rest(length);
            stage.world().kafka().thaw();
        }
    },
    /** Somebody else's transaction, with a number and a snapshot, older than all that is written meanwhile. */
    FOREIGN_TRANSACTION {
        @Override
        void strike(Stage stage, Duration length) {
            stage.world()
                    .database()
                    .holding(
                            length,
                            "set transaction isolation level repeatable read",
                            "select pg_current_xact_id()",
                            "select count(*) from log.event",
                            "select count(*) from view.audit_event");
        }
    },
    /** Somebody else's transaction has the rows in which relay and feed note how far they are. */
    FOREIGN_ROW_LOCKS {
        @Override
        void strike(Stage stage, Duration length) {
            stage.world()
                    .database()
                    .holding(length, "select * from log.relay for update", "select * from view.projection for update");
        }
    },
    /** Nobody else may write events for a while, as when an index is made without thinking. */
    FOREIGN_TABLE_LOCK {
        @Override
        void strike(Stage stage, Duration length) {
            stage.world().database().holding(length, "lock table log.event in share mode");
        }
    },
    POSTGRES_DISK_FULL {
        @Override
        void strike(Stage stage, Duration length) {
            stage.fillable().postgres().fill();
            Eventually.rest(length);
            stage.fillable().postgres().free();
        }
    },
    KAFKA_DISK_FULL {
        @Override
        void strike(Stage stage, Duration length) {
            stage.fillable().kafka().fill();
            Eventually.rest(length);
            stage.fillable().kafka().free();
        }
    };

    /** Those that make a round: all that need no disks of their own. */
    static List<Fault> usual() {
        return Arrays.stream(values()).filter(fault -> !fault.needsDisks()).toList();
    }

    boolean needsDisks() {
        return this == POSTGRES_DISK_FULL || this == KAFKA_DISK_FULL;
    }

    /** Whether its length is that of the foreign transactions. */
    boolean isForeign() {
        return this == FOREIGN_TRANSACTION || this == FOREIGN_ROW_LOCKS || this == FOREIGN_TABLE_LOCK;
    }

    /** Whether commands must not even notice it. */
    boolean sparesCommands() {
        return this == FOREIGN_TRANSACTION
                || this == FOREIGN_ROW_LOCKS
                || this == KAFKA_FROZEN
                || this == KAFKA_DISK_FULL;
    }

    /** @param length how long it lasts, where that can be chosen */
    abstract void strike(Stage stage, Duration length);
}
