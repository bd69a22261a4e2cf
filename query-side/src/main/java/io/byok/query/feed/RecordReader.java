package io.byok.query.feed;

import io.byok.platform.event.StoredEvent;
import io.byok.platform.kafka.EventRecords;
import io.byok.platform.kafka.MalformedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns records of one partition into events without a hole. Positions in a partition are dense, so whoever knows the
 * last one knows that nothing is missing.
 */
final class RecordReader {

    private final EventOpener opener;
    private long last;

    /** @param last the position after which reading starts */
    RecordReader(EventOpener opener, long last) {
        this.opener = opener;
        this.last = last;
    }

    /**
     * What was read up to the first hole.
     *
     * @param gap the hole, absent when there is none
     * @param count how many records that were; the next one, if any, came before its turn
     */
    record Reading(List<Received> items, @Nullable Gap gap, int count) {}

    /** Positions that are missing, and at its end that of the record that came before its turn. */
    record Gap(long from, long to) {}

    /** Says that everything up to this position came from elsewhere. */
    void reached(long position) {
        last = position;
    }

    Reading read(List<ConsumerRecord<byte[], byte[]>> records) {
        List<Received> items = new ArrayList<>();
        int count = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            count++;
            StoredEvent stored;
            try {
                stored = EventRecords.fromRecord(record);
            } catch (MalformedRecord malformed) {
                items.add(foreign(record, malformed.getMessage()));
                continue;
            }
            if (stored.position() <= last) {
                continue; // delivered before
            }
            Received item = opener.open(stored, record.offset());
            if (stored.position() == last + 1) {
                items.add(item);
                last++;
            } else if (item instanceof Received.Unreadable unreadable) {
                // Anybody can write a number into a header. Without a seal it must not make us look for what is
                // missing.
                items.add(foreign(record, unreadable.reason()));
            } else {
                return new Reading(items, new Gap(last + 1, stored.position()), count - 1);
            }
        }
        return new Reading(items, null, count);
    }

    /** The last position that these name, whoever wrote them; 0 for none. */
    static long ahead(List<ConsumerRecord<byte[], byte[]>> records) {
        long ahead = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                ahead = Math.max(ahead, EventRecords.fromRecord(record).position());
            } catch (MalformedRecord malformed) {
                // It is met again when it has its turn.
            }
        }
        return ahead;
    }

    /** A record that takes no position, where reading stands. */
    Received.Foreign foreign(ConsumerRecord<?, ?> record, @Nullable String reason) {
        return new Received.Foreign(
                last, record.offset(), Optional.ofNullable(reason).orElse("none of ours"));
    }
}
