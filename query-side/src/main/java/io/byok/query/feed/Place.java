package io.byok.query.feed;

/**
 * How far a read model has come in a lane.
 *
 * @param generation grows with every rebuild
 * @param position everything up to here is applied or parked
 * @param offset the Kafka record to read next
 */
public record Place(long generation, long position, long offset) {

    /** Whether this still has to be applied or parked. */
    boolean lacks(Received item) {
        return item instanceof Received.Foreign
                ? item.position() >= position && item.offset() >= offset
                : item.position() > position;
    }

    /** The place once these are applied or parked. */
    Place after(Received last) {
        long next = last.offset() == Received.NO_OFFSET ? offset : last.offset() + 1;
        return new Place(generation, Math.max(position, last.position()), next);
    }
}
