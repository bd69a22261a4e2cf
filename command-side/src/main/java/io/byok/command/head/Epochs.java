package io.byok.command.head;

import static io.byok.command.jooq.head.Tables.EPOCH;

import io.byok.command.store.Look;
import io.byok.kernel.SubjectId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * Numbers that move with everything that a decision about an end user's keys is made of, kept by the database's own
 * triggers. Equal numbers: nothing has changed since. So a node may decide from what it remembers and be told in the
 * recording transaction that it was wrong; no message between nodes is needed, and none can be lost.
 */
public final class Epochs {

    private Epochs() {}

    /** Read it before what it is the number of, or a change in between is missed. Unknown subjects have 0. */
    static Map<SubjectId, Long> of(DSLContext database, Collection<SubjectId> subjects) {
        Map<SubjectId, Long> epochs = new HashMap<>();
        subjects.forEach(subject -> epochs.put(subject, 0L));
        database.select(EPOCH.SUBJECT, EPOCH.EPOCH_)
                .from(EPOCH)
                .where(EPOCH.SUBJECT.eq(
                        DSL.any(subjects.stream().map(SubjectId::value).toArray(UUID[]::new))))
                .forEach(row -> epochs.put(new SubjectId(row.value1()), row.value2()));
        return epochs;
    }

    /** @param found is told those that are there; unknown subjects have 0 */
    public static Look look(Collection<SubjectId> subjects, Map<SubjectId, Long> found) {
        List<UUID> asked = subjects.stream().map(SubjectId::value).toList();
        return new Look() {
            @Override
            public String sql() {
                return "select subject, epoch from head.epoch where subject = any (?)";
            }

            @Override
            public Collection<UUID> asked() {
                return asked;
            }

            @Override
            public void read(ResultSet rows) throws SQLException {
                while (rows.next()) {
                    found.put(new SubjectId(rows.getObject(1, UUID.class)), rows.getLong(2));
                }
            }
        };
    }
}
