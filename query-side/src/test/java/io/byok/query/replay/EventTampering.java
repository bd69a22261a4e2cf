package io.byok.query.replay;

import java.util.Random;
import org.jooq.DSLContext;

/** Somebody with all rights in the database changes the event store, in one of these ways, at a position. */
enum EventTampering {
    BYTE_OF_A_PAYLOAD {
        @Override
        void apply(DSLContext inside, long position, long last, Random random) {
            int length = inside.fetchSingle("select length(payload) from log.event where position = ?", position)
                    .get(0, Integer.class);
            int at = random.nextInt(length);
            inside.execute(
                    "update log.event set payload = set_byte(payload, ?, get_byte(payload, ?) # ?) where position = ?",
                    at,
                    at,
                    1 << random.nextInt(8),
                    position);
        }
    },
    TIME_OF_AN_EVENT {
        @Override
        void apply(DSLContext inside, long position, long last, Random random) {
            inside.execute(
                    "update log.event set occurred_at = occurred_at - interval '1 microsecond' where position = ?",
                    position);
        }
    },
    DELETED {
        @Override
        void apply(DSLContext inside, long position, long last, Random random) {
            inside.execute("delete from log.event where position = ?", position);
        }
    },
    SWAPPED {
        @Override
        void apply(DSLContext inside, long position, long last, Random random) {
            long other = last == position ? position - 1 : position + 1 + random.nextLong(last - position);
            inside.execute("update log.event set position = 9000000 where position = ?", position);
            inside.execute("update log.event set position = ? where position = ?", position, other);
            inside.execute("update log.event set position = ? where position = 9000000", other);
        }
    },
    INSERTED {
        @Override
        void apply(DSLContext inside, long position, long last, Random random) {
            shift(inside, position, 1);
            inside.execute(
                    "insert into log.event select ?, gen_random_uuid(), tenant, subject, stream_type, stream,"
                            + " sequence + 1000000, name, revision, occurred_at, payload from log.event where position = ?",
                    position,
                    position + 1);
        }
    },
    TRUNCATED {
        @Override
        void apply(DSLContext inside, long position, long last, Random random) {
            inside.execute("delete from log.event where position >= ?", position);
        }
    },
    DELETED_AND_CLOSED_UP {
        @Override
        void apply(DSLContext inside, long position, long last, Random random) {
            DELETED.apply(inside, position, last, random);
            shift(inside, position + 1, -1);
        }
    };

    abstract void apply(DSLContext inside, long position, long last, Random random);

    private static void shift(DSLContext inside, long from, int by) {
        inside.execute("update log.event set position = position + 1000000 where position >= ?", from);
        inside.execute("update log.event set position = position - 1000000 + ? where position >= 1000000", by);
    }
}
