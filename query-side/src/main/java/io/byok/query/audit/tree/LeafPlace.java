package io.byok.query.audit.tree;

import static io.byok.query.jooq.Tables.AUDIT_LEAF;

import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;

/**
 * Where the leaves of a log lie: a tenant's under its name by index, the platform's among those of all tenants, the one
 * with the index n at the position n + 1.
 */
record LeafPlace(UUID log) {

    private boolean isPlatform() {
        return log.equals(AuditTrees.PLATFORM);
    }

    private Field<Long> place() {
        return isPlatform() ? AUDIT_LEAF.POSITION : AUDIT_LEAF.INDEX;
    }

    private long shift() {
        return isPlatform() ? 1 : 0;
    }

    /** Leaves from an index, inclusive, to an index, exclusive. */
    Condition between(long first, long end) {
        Condition mine = isPlatform() ? AUDIT_LEAF.ITEM.eq(0) : AUDIT_LEAF.TENANT.eq(log);
        return mine.and(place().ge(first + shift())).and(place().lt(end + shift()));
    }

    /** By which they are in order. */
    Field<Long> order() {
        return place();
    }

    /** The index of a row that has been read. */
    long index(Record row) {
        return row.get(place()) - shift();
    }
}
