package io.byok.command.trail;

import static io.byok.command.jooq.log.Tables.READING;

import io.byok.command.store.Alongside;
import io.byok.command.store.Pending;
import java.sql.Connection;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Marks counted reads as told, in the transaction of the event that tells them. */
final class ReadingRows implements Alongside<ReadingRows.Told> {

    /** One for all, so that a batch shows all of its own at once. */
    static final ReadingRows KIND = new ReadingRows();

    private ReadingRows() {}

    /**
     * What an event tells.
     *
     * @param before how many were told before it
     * @param through how many are told with it
     */
    record Told(long id, long before, long through, Instant at) {}

    @Override
    public void admit(Connection connection, List<Pending<Told>> items) {
        DSLContext batch = DSL.using(connection, SQLDialect.POSTGRES);
        Set<Long> here = new HashSet<>();
        for (Pending<Told> item : items) {
            Told told = item.value();
            boolean untold = here.add(told.id())
                    && batch.fetchExists(batch.selectOne()
                            .from(READING)
                            .where(READING.ID.eq(told.id()))
                            .and(READING.WRITTEN.eq(told.before())));
            if (!untold) {
                item.refuse(new ToldElsewhere());
            }
        }
    }

    @Override
    public void write(Connection connection, List<Pending<Told>> items) {
        DSLContext batch = DSL.using(connection, SQLDialect.POSTGRES);
        for (Pending<Told> item : items) {
            Told told = item.value();
            OffsetDateTime at = told.at().atOffset(ZoneOffset.UTC);
            // Those that came since were not before the count was looked at.
            batch.update(READING)
                    .set(READING.WRITTEN, told.through())
                    .set(READING.OPENED_AT, at)
                    .set(
                            READING.FIRST_AT,
                            DSL.when(READING.TIMES.gt(told.through()), DSL.val(at))
                                    .otherwise(DSL.castNull(READING.FIRST_AT)))
                    .where(READING.ID.eq(told.id()))
                    .execute();
        }
    }
}
