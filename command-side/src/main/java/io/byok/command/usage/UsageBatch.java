package io.byok.command.usage;

import io.byok.command.bus.Ids;
import io.byok.command.store.Entry;
import io.byok.command.store.Row;
import io.byok.kernel.Envelope;
import io.byok.kernel.Provenance;
import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.usage.UsageEvent.UsageReported;
import io.byok.kernel.usage.UsageRecord;
import io.byok.platform.event.EventSealing;
import io.byok.platform.event.SealedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The records of one report: one event per end user, holding those that were not counted before. */
final class UsageBatch implements Entry {

    /** One record, whose it is, and whether it turned out to be known. */
    static final class Reported {

        private final String userId;
        private final SubjectId subject;
        private final UsageRecord record;
        private final byte[] recordId;
        private boolean duplicate;

        /** @param recordId keyed hash of the record's id, 16 bytes */
        Reported(String userId, SubjectId subject, UsageRecord record, byte[] recordId) {
            this.userId = userId;
            this.subject = subject;
            this.record = record;
            this.recordId = recordId;
        }

        SubjectId subject() {
            return subject;
        }

        byte[] recordId() {
            return recordId;
        }

        boolean duplicate() {
            return duplicate;
        }

        /** Found out anew each time the batch is tried. */
        void duplicate(boolean yes) {
            duplicate = yes;
        }
    }

    private final TenantId tenant;
    private final List<Reported> reported;
    private final List<Row<?>> rows;
    private final EventSealing sealing;
    private final Provenance by;
    private final Ids ids;
    private final Instant at;

    UsageBatch(
            TenantId tenant,
            List<Reported> reported,
            UsageSeen seen,
            EventSealing sealing,
            Provenance by,
            Ids ids,
            Instant at) {
        this.tenant = tenant;
        this.reported = List.copyOf(reported);
        this.rows = new ArrayList<>(List.of(new Row<>(seen, this)));
        this.sealing = sealing;
        this.by = by;
        this.ids = ids;
        this.at = at;
    }

    TenantId tenant() {
        return tenant;
    }

    List<Reported> reported() {
        return reported;
    }

    void alongside(Row<?> row) {
        rows.add(row);
    }

    long duplicates() {
        return reported.stream().filter(Reported::duplicate).count();
    }

    long accepted() {
        return reported.size() - duplicates();
    }

    @Override
    public List<Row<?>> rows() {
        return List.copyOf(rows);
    }

    @Override
    public List<SealedEvent> events() {
        Map<SubjectId, List<Reported>> bySubject = new LinkedHashMap<>();
        reported.stream()
                .filter(one -> !one.duplicate)
                .forEach(one -> bySubject
                        .computeIfAbsent(one.subject, subject -> new ArrayList<>())
                        .add(one));
        List<SealedEvent> events = new ArrayList<>();
        bySubject.forEach((subject, records) -> events.add(event(subject, records)));
        return events;
    }

    private SealedEvent event(SubjectId subject, List<Reported> records) {
        UsageReported event = new UsageReported(
                records.getFirst().userId,
                records.stream().map(one -> one.record).toList(),
                at);
        // A stream of its own: a report follows nothing, so nothing can conflict with it.
        StreamId stream = new StreamId(StreamType.USAGE, ids.next());
        return sealing.seal(new Envelope(ids.next(), tenant, subject, stream, 0, event, by));
    }
}
