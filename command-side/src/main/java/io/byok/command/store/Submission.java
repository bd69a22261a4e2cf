package io.byok.command.store;

import io.byok.platform.event.SealedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An entry, its caller's future, and what the current attempt knows about it. */
final class Submission {

    final Entry entry;
    final CompletableFuture<Appended> answer = new CompletableFuture<>();

    private List<Item<?>> items = List.of();
    private List<SealedEvent> events = List.of();
    private @Nullable RuntimeException refusal;
    private @Nullable RuntimeException unaskable;
    private @Nullable Appended place;

    Submission(Entry entry) {
        this.entry = entry;
    }

    /** Forgets the last attempt and asks for the rows. */
    void begin() {
        items = List.of();
        unaskable = null;
        try {
            List<Item<?>> asked = new ArrayList<>();
            for (Row<?> row : entry.rows()) {
                asked.add(new Item<>(this, row));
            }
            items = asked;
        } catch (RuntimeException e) {
            unaskable = e;
        }
        anew();
    }

    /** Forgets what was found out about the rows. */
    void anew() {
        refusal = unaskable;
        place = null;
        events = List.of();
    }

    /** Asks for the events; refused when that fails. */
    void askEvents() {
        try {
            events = entry.events();
        } catch (RuntimeException e) {
            refuse(e);
        }
    }

    void refuse(RuntimeException why) {
        if (refusal == null) {
            refusal = why;
        }
    }

    boolean refused() {
        return refusal != null;
    }

    List<Item<?>> items() {
        return items;
    }

    List<SealedEvent> events() {
        return events;
    }

    void place(long lastBefore) {
        place = new Appended(lastBefore + 1, lastBefore + events.size());
    }

    /** @throws IllegalStateException before positions are given */
    Appended place() {
        if (place == null) {
            throw new IllegalStateException("positions are not known yet");
        }
        return place;
    }

    /** Tells the caller what came of it; to be called after the commit. */
    void answer() {
        if (refusal == null) {
            answer.complete(place());
        } else {
            answer.completeExceptionally(refusal);
        }
    }

    void fail(RuntimeException why) {
        answer.completeExceptionally(why);
    }

    /** A row of the entry. */
    static final class Item<T> implements Pending<T> {

        final Alongside<T> kind;
        private final Submission owner;
        private final T value;

        Item(Submission owner, Row<T> row) {
            this.owner = owner;
            this.kind = row.kind();
            this.value = row.value();
        }

        @Override
        public T value() {
            return value;
        }

        @Override
        public Entry entry() {
            return owner.entry;
        }

        @Override
        public void refuse(RuntimeException why) {
            owner.refuse(why);
        }

        @Override
        public long lastPosition() {
            return owner.place().lastPosition();
        }

        boolean stands() {
            return !owner.refused();
        }
    }
}
