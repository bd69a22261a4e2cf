package io.byok.query.feed;

import static io.byok.query.jooq.Tables.PARKED;

import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.SubjectId;
import io.byok.kernel.erase.ErasureEvent;
import io.byok.platform.event.SealedEvent;
import io.byok.query.jooq.tables.records.ParkedRecord;
import java.util.HashSet;
import java.util.Set;
import org.jooq.DSLContext;

/** Records that a read model could not take. Holds where they stand and why, never what they hold. */
final class Parking {

    private Parking() {}

    /** The streams whose later events have to wait. */
    static Set<StreamId> waiting(DSLContext view, String projection) {
        return new HashSet<>(view.selectDistinct(PARKED.STREAM_TYPE, PARKED.STREAM)
                .from(PARKED)
                .where(PARKED.PROJECTION.eq(projection))
                .and(PARKED.STREAM.isNotNull())
                .fetch(row -> new StreamId(StreamType.of(row.value1()), row.value2())));
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

    /** Lets go of what waits about an end user who was erased: it will never open. */
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
    }

    static int count(DSLContext view) {
        return view.fetchCount(PARKED);
    }
}
