package io.byok.command.trail;

import static io.byok.command.jooq.log.Tables.REPLAY_NOTE;

import io.byok.command.store.Alongside;
import io.byok.command.store.Pending;
import java.sql.Connection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Takes notes away, in the transaction of the events that say what they said. */
final class ReplayNoteRows implements Alongside<Long> {

    /** One for all, so that a batch shows all of its own at once. */
    static final ReplayNoteRows KIND = new ReplayNoteRows();

    private ReplayNoteRows() {}

    @Override
    public void admit(Connection connection, List<Pending<Long>> items) {
        DSLContext batch = DSL.using(connection, SQLDialect.POSTGRES);
        Set<Long> here = new HashSet<>();
        for (Pending<Long> item : items) {
            if (!here.add(item.value()) || !batch.fetchExists(REPLAY_NOTE, REPLAY_NOTE.ID.eq(item.value()))) {
                item.refuse(new ToldElsewhere());
            }
        }
    }

    @Override
    public void write(Connection connection, List<Pending<Long>> items) {
        DSL.using(connection, SQLDialect.POSTGRES)
                .deleteFrom(REPLAY_NOTE)
                .where(REPLAY_NOTE.ID.in(items.stream().map(Pending::value).toList()))
                .execute();
    }
}
