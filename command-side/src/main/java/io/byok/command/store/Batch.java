package io.byok.command.store;

import io.byok.command.store.Submission.Item;
import io.byok.kernel.StreamId;
import io.byok.platform.event.SealedEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to write some entries in one transaction.
 *
 * <p>What was admitted was admitted beside its neighbours, so when one of them turns out not to fit its stream after
 * that, the attempt starts again without it: nobody is ever refused because of something that is not written.
 */
final class Batch {

    private final Lane lane;
    private final Sequences sequences;
    private final List<Submission> rejected = new ArrayList<>();
    private final List<Submission> deferred = new ArrayList<>();
    private final Map<StreamId, Long> stored = new HashMap<>();
    private final Map<Alongside<?>, Admission<?>> admissions = new IdentityHashMap<>();
    private List<Submission> open;
    private Append append = new Append(0, List.of());

    Batch(Lane lane, Sequences sequences, List<Submission> submissions) {
        this.lane = lane;
        this.sequences = sequences;
        this.open = new ArrayList<>(submissions);
    }

    /** Admits and writes the rows of every entry that fits, and gives its events their positions. */
    void write(Connection connection) throws SQLException {
        Set<StreamId> expected = new LinkedHashSet<>();
        open.forEach(Submission::begin);
        open.forEach(s -> expected.addAll(s.entry.streams()));
        forEachKind(connection, standing(), this::look);
        long last = Append.begin(connection, lane, expected, stored, looks());
        do {
            admit(connection);
        } while (!fitStreams(connection));
        List<Submission> written = standing();
        List<SealedEvent> events = new ArrayList<>();
        for (Submission submission : written) {
            submission.place(last + events.size());
            events.addAll(submission.events());
        }
        forEachKind(connection, written, Alongside::write);
        append = new Append(last, events);
    }

    /** Has the events written down in the second place, too; to be called between writing and committing. */
    Recorder.Receipt record(Recorder recorder) {
        return append.events().isEmpty() ? Recorder.Receipt.NONE : recorder.record(append.last(), append.events());
    }

    /** Writes the events and commits, in one round trip; or rolls back when there is nothing to write. */
    void commit(Connection connection) throws SQLException {
        if (!dirty()) {
            connection.rollback();
        } else {
            append.commit(connection);
        }
    }

    /** Entries that collide with a neighbour's stream; they are tried again once it is known what became of that. */
    List<Submission> deferred() {
        return deferred;
    }

    /** Entries whose fate is settled once the transaction is committed. */
    List<Submission> settled() {
        List<Submission> settled = new ArrayList<>(open);
        settled.addAll(rejected);
        return settled;
    }

    /** Whether anything at all was written. */
    boolean dirty() {
        return open.stream().anyMatch(s -> !s.refused());
    }

    /** The position of the last entry that was written; only when {@link #dirty()}. */
    long lastPosition() {
        return standing().getLast().place().lastPosition();
    }

    /** An event of this attempt and its position, as a witness of the whole transaction; null when there is none. */
    @Nullable
    Witness witness() {
        for (Submission submission : standing()) {
            if (!submission.events().isEmpty()) {
                return new Witness(
                        submission.place().firstPosition(),
                        submission.events().getFirst().eventId());
            }
        }
        return null;
    }

    private void admit(Connection connection) throws SQLException {
        open.forEach(Submission::anew);
        forEachKind(connection, standing(), this::admit);
        standing().forEach(Submission::askEvents);
    }

    private <T> void look(Alongside<T> kind, Connection connection, List<Pending<T>> items) {
        admissions.put(kind, kind.admission(items.stream().map(Pending::value).toList()));
    }

    private List<Look> looks() {
        return admissions.values().stream()
                .flatMap(admission -> admission.looks().stream())
                .toList();
    }

    @SuppressWarnings("unchecked") // a kind's admission has the kind's type: look puts it there
    private <T> void admit(Alongside<T> kind, Connection connection, List<Pending<T>> items) throws SQLException {
        ((Admission<T>) Objects.requireNonNull(admissions.get(kind))).admit(connection, items);
    }

    /** False when an entry had to leave. */
    private boolean fitStreams(Connection connection) throws SQLException {
        List<Submission> standing = standing();
        Set<StreamId> streams = new LinkedHashSet<>();
        standing.forEach(s -> s.events().forEach(e -> streams.add(e.stream())));
        streams.removeAll(stored.keySet()); // under the lock they stay as they are
        Append.nextSequences(connection, streams, stored);
        Map<StreamId, Long> next = new HashMap<>(stored);
        Set<Submission> leaving = new LinkedHashSet<>();
        for (Submission submission : standing) {
            Map<StreamId, Long> after = new HashMap<>();
            for (SealedEvent event : submission.events()) {
                long expected = after.getOrDefault(event.stream(), next.getOrDefault(event.stream(), 0L));
                if (!sequences.accept(event.sequence(), expected)) {
                    long settled = stored.getOrDefault(event.stream(), 0L);
                    boolean neighbours = next.getOrDefault(event.stream(), 0L) != settled;
                    if (neighbours && event.sequence() >= settled) {
                        deferred.add(submission);
                    } else {
                        submission.refuse(new StreamConflict(event, settled));
                        rejected.add(submission);
                    }
                    leaving.add(submission);
                    break;
                }
                after.put(event.stream(), event.sequence() + 1);
            }
            if (!leaving.contains(submission)) {
                next.putAll(after);
            }
        }
        open.removeAll(leaving);
        return leaving.isEmpty();
    }

    private List<Submission> standing() {
        return open.stream().filter(s -> !s.refused()).toList();
    }

    /** Calls one step of every kind with its items, kinds in the order in which they first appear. */
    private static void forEachKind(Connection connection, List<Submission> submissions, Step step)
            throws SQLException {
        IdentityHashMap<Alongside<?>, List<Item<?>>> items = new IdentityHashMap<>();
        List<Alongside<?>> kinds = new ArrayList<>();
        for (Submission submission : submissions) {
            for (Item<?> item : submission.items()) {
                items.computeIfAbsent(item.kind, kind -> {
                            kinds.add(kind);
                            return new ArrayList<>();
                        })
                        .add(item);
            }
        }
        for (Alongside<?> kind : kinds) {
            call(connection, kind, items.getOrDefault(kind, List.of()), step);
        }
    }

    @SuppressWarnings("unchecked") // an item's kind has the item's type: Row says so, and items are grouped by kind
    private static <T> void call(Connection connection, Alongside<T> kind, List<Item<?>> items, Step step)
            throws SQLException {
        List<Pending<T>> standing = new ArrayList<>();
        for (Item<?> item : items) {
            if (item.stands()) {
                standing.add((Pending<T>) item);
            }
        }
        if (!standing.isEmpty()) {
            step.take(kind, connection, standing);
        }
    }

    private interface Step {
        <T> void take(Alongside<T> kind, Connection connection, List<Pending<T>> items) throws SQLException;
    }
}
