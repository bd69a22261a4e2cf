package io.byok.query.feed;

import io.byok.kernel.DomainEvent;
import io.byok.kernel.Envelope;
import io.byok.platform.event.Opened;
import java.util.List;
import java.util.function.BiConsumer;

/** Events in the order of the log. Events of a stream are complete up to the last one in here. */
public record Batch(List<Entry> entries) {

    /** An event that could be opened, or was shredded on purpose, and its place in the log. */
    public record Entry(long position, Opened opened) {}

    public Batch {
        entries = List.copyOf(entries);
    }

    /** Visits events with their positions. */
    @FunctionalInterface
    public interface Visitor<E extends DomainEvent> {

        void visit(long position, Envelope envelope, E event);
    }

    /** Visits the events of one family that can still be read, with their positions. */
    public <E extends DomainEvent> void eachAt(Class<E> family, Visitor<E> visitor) {
        for (Entry entry : entries) {
            if (entry.opened() instanceof Opened.Clear clear
                    && family.isInstance(clear.envelope().event())) {
                visitor.visit(
                        entry.position(),
                        clear.envelope(),
                        family.cast(clear.envelope().event()));
            }
        }
    }

    /** Visits the events of one family that can still be read. */
    public <E extends DomainEvent> void each(Class<E> family, BiConsumer<Envelope, E> visitor) {
        for (Entry entry : entries) {
            if (entry.opened() instanceof Opened.Clear clear
                    && family.isInstance(clear.envelope().event())) {
                visitor.accept(clear.envelope(), family.cast(clear.envelope().event()));
            }
        }
    }
}
