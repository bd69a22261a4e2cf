package io.byok.query.feed;

import static io.byok.query.jooq.Tables.PARKED;

import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.SubjectId;
import io.byok.kernel.erase.ErasureEvent;
import io.byok.kernel.erase.TenantErasureEvent;
import io.byok.platform.event.SealedEvent;
import io.byok.query.jooq.tables.records.ParkedRecord;
import java.util.HashSet;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** Records that a read model could not take. Holds where they stand and why, never what they hold. */
final class Parking {

    private Parking() {}

    /**
     * What a read model does not take as it comes.
     *
     * @param waiting the streams whose later events have to wait
     * @param discarded positions that an operator has given up, which are met again by replays only
     */
    record Aside(Set<StreamId> waiting, Set<Long> discarded) {}

    static Aside aside(DSLContext view, String projection) {
        Set<StreamId> waiting = new HashSet<>();
        Set<Long> discarded = new HashSet<>();
        Field<Long> given = DSL.when(PARKED.DISCARDED_AT.isNotNull(), PARKED.POSITION);
        view.selectDistinct(PARKED.STREAM_TYPE, PARKED.STREAM, given)
                .from(PARKED)
                .where(PARKED.PROJECTION.eq(projection))
                .and(PARKED.STREAM.isNotNull())
                .forEach(row -> {
                    Long position = row.value3();
                    if (position == null) {
                        waiting.add(new StreamId(StreamType.of(row.value1()), row.value2()));
                    } else {
                        discarded.add(position);
                    }
                });
        return new Aside(waiting, discarded);
    }

    static ParkedRecord row(String projection, int lane, Received item, String reason) {
        ParkedRecord row = new ParkedRecord();
        row.setProjection(projection);
        row.setLane((short) lane);
        row.setReason(reason);
        if (item.offset() != Received.NO_OFFSET) {
            row.setKafkaOffset(item.offset());
        }
        SealedEvent sealed = item.sealed();
        if (sealed != null) {
            row.setPosition(item.position());
            row.setTenant(sealed.tenant().value());
            SubjectId subject = sealed.subject();
            row.setSubject(subject == null ? null : subject.value());
            row.setStreamType(sealed.stream().type().code());
            row.setStream(sealed.stream().value());
            row.setSequence(sealed.sequence());
            row.setEventId(sealed.eventId());
            row.setName(sealed.name().code());
            row.setRevision(sealed.name().revision());
        }
        return row;
    }

    /** Lets go of what waits about an end user or of a tenant that was erased: it will never open. */
    static void forget(DSLContext view, String projection, Batch batch) {
        batch.each(ErasureEvent.class, (envelope, event) -> {
            if (event instanceof ErasureEvent.SubjectKeysDestroyed destroyed) {
                view.deleteFrom(PARKED)
                        .where(PARKED.PROJECTION.eq(projection))
                        .and(PARKED.TENANT.eq(envelope.tenant().value()))
                        .and(PARKED.SUBJECT.eq(destroyed.subject().value()))
                        .execute();
            }
        });
        batch.each(TenantErasureEvent.class, (_, event) -> {
            if (event instanceof TenantErasureEvent.TenantKeysDestroyed destroyed) {
                view.deleteFrom(PARKED)
                        .where(PARKED.PROJECTION.eq(projection))
                        .and(PARKED.TENANT.eq(destroyed.tenant().value()))
                        .execute();
            }
        });
    }

    /** How many are neither applied nor given up. */
    static int count(DSLContext view) {
        return view.fetchCount(PARKED, PARKED.DISCARDED_AT.isNull());
    }
}
