package io.byok.command.store;

import io.byok.platform.event.StoredEvent;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.function.Function;
import org.axonframework.eventhandling.TrackedEventMessage;

/**
 * The log behind a position, in order. At its end it says so, and goes on when it is asked again and there is more: Axon
 * tails the log with one stream. What nobody can read any more is left out.
 */
final class TailSpliterator extends AbstractSpliterator<TrackedEventMessage<?>> {

    private static final int PAGE = 1000;

    private final EventLog log;
    private final Function<StoredEvent, Optional<TrackedEventMessage<?>>> opener;
    private Iterator<StoredEvent> page = Collections.emptyIterator();
    private long position;

    TailSpliterator(EventLog log, long after, Function<StoredEvent, Optional<TrackedEventMessage<?>>> opener) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.log = log;
        this.position = after;
        this.opener = opener;
    }

    @Override
    public boolean tryAdvance(Consumer<? super TrackedEventMessage<?>> action) {
        while (page.hasNext() || nextPage()) {
            StoredEvent event = page.next();
            position = event.position();
            Optional<TrackedEventMessage<?>> message = opener.apply(event);
            if (message.isPresent()) {
                action.accept(message.get());
                return true;
            }
        }
        return false;
    }

    private boolean nextPage() {
        page = log.after(position, PAGE).iterator();
        return page.hasNext();
    }
}
