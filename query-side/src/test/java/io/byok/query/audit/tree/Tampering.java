package io.byok.query.audit.tree;

import static io.byok.query.jooq.Tables.AUDIT_CHECKPOINT;
import static io.byok.query.jooq.Tables.AUDIT_LEAF;
import static io.byok.query.jooq.Tables.AUDIT_TILE;

import io.byok.query.jooq.tables.records.AuditLeafRecord;
import java.util.Random;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Somebody with all rights in the database changes one log, in one of these ways, at a random place. */
enum Tampering {
    BYTE_OF_A_LEAF {
        @Override
        long apply(DSLContext view, UUID log, long size, Random random) {
            long index = random.nextLong(size);
            byte[] leaf = leaf(view, log, index).getLeaf();
            flip(leaf, random.nextInt(leaf.length), random);
            set(view, log, index, leaf);
            return index;
        }
    },
    BYTE_OF_A_TILE {
        @Override
        long apply(DSLContext view, UUID log, long size, Random random) {
            long index = random.nextLong(size);
            byte[] hashes = view.select(AUDIT_TILE.HASHES)
                    .from(AUDIT_TILE)
                    .where(AUDIT_TILE.TENANT.eq(log))
                    .and(AUDIT_TILE.LEVEL.eq((short) 0))
                    .and(AUDIT_TILE.INDEX.eq(index / 256))
                    .fetchSingle(AUDIT_TILE.HASHES);
            flip(hashes, (int) (index % 256) * 32 + random.nextInt(32), random);
            view.update(AUDIT_TILE)
                    .set(AUDIT_TILE.HASHES, hashes)
                    .where(AUDIT_TILE.TENANT.eq(log))
                    .and(AUDIT_TILE.LEVEL.eq((short) 0))
                    .and(AUDIT_TILE.INDEX.eq(index / 256))
                    .execute();
            return index;
        }
    },
    DELETED_LEAF {
        @Override
        long apply(DSLContext view, UUID log, long size, Random random) {
            long index = random.nextLong(size);
            view.deleteFrom(AUDIT_LEAF)
                    .where(AUDIT_LEAF.TENANT.eq(log))
                    .and(AUDIT_LEAF.INDEX.eq(index))
                    .execute();
            return index;
        }
    },
    DELETED_AND_CLOSED_UP {
        @Override
        long apply(DSLContext view, UUID log, long size, Random random) {
            long index = DELETED_LEAF.apply(view, log, size, random);
            shift(view, log, index, -1);
            return index;
        }
    },
    INSERTED_LEAF {
        @Override
        long apply(DSLContext view, UUID log, long size, Random random) {
            long index = random.nextLong(size);
            AuditLeafRecord forged = leaf(view, log, random.nextLong(size));
            while (forged.getIndex() == index) {
                forged = leaf(view, log, random.nextLong(size));
            }
            shift(view, log, index, 1);
            forged.setIndex(index);
            view.insertInto(AUDIT_LEAF).set(forged).execute();
            return index;
        }
    },
    SWAPPED_LEAVES {
        @Override
        long apply(DSLContext view, UUID log, long size, Random random) {
            long one = random.nextLong(size);
            long other = (one + 1 + random.nextLong(size - 1)) % size;
            byte[] first = leaf(view, log, one).getLeaf();
            set(view, log, one, leaf(view, log, other).getLeaf());
            set(view, log, other, first);
            return Math.min(one, other);
        }
    },
    TRUNCATED_TAIL {
        @Override
        long apply(DSLContext view, UUID log, long size, Random random) {
            long left = random.nextLong(size);
            view.deleteFrom(AUDIT_LEAF)
                    .where(AUDIT_LEAF.TENANT.eq(log))
                    .and(AUDIT_LEAF.INDEX.ge(left))
                    .execute();
            return left;
        }
    },
    ROLLED_BACK_SNAPSHOT {
        @Override
        long apply(DSLContext view, UUID log, long size, Random random) {
            // An old snapshot knows nothing of what was signed later, so only an older state that was kept can tell.
            view.deleteFrom(AUDIT_CHECKPOINT)
                    .where(AUDIT_CHECKPOINT.TENANT.eq(log))
                    .and(AUDIT_CHECKPOINT.SIZE.eq(size))
                    .execute();
            return -1;
        }
    },
    FORGED_STATE {
        @Override
        long apply(DSLContext view, UUID log, long size, Random random) {
            String note = view.select(AUDIT_CHECKPOINT.NOTE)
                    .from(AUDIT_CHECKPOINT)
                    .where(AUDIT_CHECKPOINT.TENANT.eq(log))
                    .and(AUDIT_CHECKPOINT.SIZE.eq(size))
                    .fetchSingle(AUDIT_CHECKPOINT.NOTE);
            String[] lines = note.split("\n", -1);
            lines[2] = (lines[2].charAt(0) == 'A' ? "B" : "A") + lines[2].substring(1);
            view.update(AUDIT_CHECKPOINT)
                    .set(AUDIT_CHECKPOINT.NOTE, String.join("\n", lines))
                    .where(AUDIT_CHECKPOINT.TENANT.eq(log))
                    .and(AUDIT_CHECKPOINT.SIZE.eq(size))
                    .execute();
            return -1;
        }
    };

    /** @return the first leaf that is wrong afterwards; -1 when none is */
    abstract long apply(DSLContext view, UUID log, long size, Random random);

    private static AuditLeafRecord leaf(DSLContext view, UUID log, long index) {
        return view.selectFrom(AUDIT_LEAF)
                .where(AUDIT_LEAF.TENANT.eq(log))
                .and(AUDIT_LEAF.INDEX.eq(index))
                .fetchSingle();
    }

    private static void set(DSLContext view, UUID log, long index, byte[] leaf) {
        view.update(AUDIT_LEAF)
                .set(AUDIT_LEAF.LEAF, leaf)
                .where(AUDIT_LEAF.TENANT.eq(log))
                .and(AUDIT_LEAF.INDEX.eq(index))
                .execute();
    }

    private static void shift(DSLContext view, UUID log, long from, long by) {
        // Through negative numbers: the primary key is checked row by row.
        for (int step = 0; step < 2; step++) {
            view.update(AUDIT_LEAF)
                    .set(
                            AUDIT_LEAF.INDEX,
                            step == 0
                                    ? DSL.val(-2L).minus(AUDIT_LEAF.INDEX)
                                    : DSL.val(-2L).minus(AUDIT_LEAF.INDEX).plus(by))
                    .where(AUDIT_LEAF.TENANT.eq(log))
                    .and(step == 0 ? AUDIT_LEAF.INDEX.ge(from) : AUDIT_LEAF.INDEX.lt(-1L))
                    .execute();
        }
    }

    private static void flip(byte[] bytes, int at, Random random) {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
    }
}
