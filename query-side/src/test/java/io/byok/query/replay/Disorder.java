package io.byok.query.replay;

import io.byok.platform.event.SealedEvent;
import io.byok.platform.event.StoredEvent;
import io.byok.platform.kafka.EventRecords;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A history as the worst of topics would deliver it: each event two to ten times, near its turn and long after it, not
 * in order, whole stretches again, and between them what somebody else wrote. The same for the same seed.
 */
final class Disorder {

    /** How far a first copy is from its turn, and how late the others may come. */
    private static final int NEAR = 40;

    private static final int LATE = 3_000;
    private static final int STRETCH = 700;
    private static final int BETWEEN_FOREIGN = 500;
    private static final int BETWEEN_STRETCHES = 5_000;

    private final List<StoredEvent> history;
    private final Random random;
    private final int[] turns;
    private int foreign;

    Disorder(List<StoredEvent> history, long seed) {
        this.history = history;
        this.random = new Random(seed);
        this.turns = turns();
    }

    /** The last position. */
    int end() {
        return history.size();
    }

    /** How many records of ours there are, stretches that come again not counted. */
    int size() {
        return turns.length;
    }

    /** How many records of others were between them so far. */
    int foreign() {
        return foreign;
    }

    /** The records from one turn to another. */
    List<ProducerRecord<byte[], byte[]>> records(int from, int to) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int turn = from; turn < Math.min(to, turns.length); turn++) {
            records.add(EventRecords.toRecord(0, history.get(turns[turn])));
            if (turn % BETWEEN_FOREIGN == 7) {
                records.add(foreign(turn));
            }
            if (turn % BETWEEN_STRETCHES == BETWEEN_STRETCHES - 1) {
                for (int again = turn - STRETCH; again <= turn; again++) {
                    records.add(EventRecords.toRecord(0, history.get(turns[again])));
                }
            }
        }
        return records;
    }

    /** Rubbish; a seal that does not hold; a seal that holds, on a record that names a position of the far future. */
    private ProducerRecord<byte[], byte[]> foreign(int turn) {
        StoredEvent copied = history.get(turns[turn]);
        return switch (foreign++ % 3) {
            case 0 -> new ProducerRecord<>("any", 0, null, "not ours".getBytes(StandardCharsets.UTF_8));
            case 1 ->
                EventRecords.toRecord(0, new StoredEvent(copied.position() + 1_000_000_000, broken(copied.event())));
            default -> EventRecords.toRecord(0, new StoredEvent(copied.position() + 1_000_000_000, copied.event()));
        };
    }

    private int[] turns() {
        long[] keyed = new long[history.size() * 10];
        int count = 0;
        for (int event = 0; event < history.size(); event++) {
            keyed[count++] = keyed(event + random.nextInt(2 * NEAR), event);
            for (int copies = 1 + random.nextInt(9); copies > 0; copies--) {
                keyed[count++] = keyed(event + random.nextInt(random.nextBoolean() ? 2 * NEAR : LATE), event);
            }
        }
        Arrays.sort(keyed, 0, count);
        return Arrays.stream(keyed, 0, count).mapToInt(key -> (int) key).toArray();
    }

    private static long keyed(long key, int event) {
        return key << 32 | event;
    }

    private static SealedEvent broken(SealedEvent event) {
        byte[] payload = event.payload().clone();
        payload[payload.length - 1] ^= 1;
        return new SealedEvent(
                event.eventId(),
                event.tenant(),
                event.subject(),
                event.stream(),
                event.sequence(),
                event.name(),
                event.occurredAt(),
                payload);
    }
}
