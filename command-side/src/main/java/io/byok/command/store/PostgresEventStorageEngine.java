package io.byok.command.store;

import io.byok.kernel.StreamId;
import io.byok.platform.event.SealedEvent;
import io.byok.platform.event.StoredEvent;
import io.byok.platform.seal.RetiredParent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * The log as Axon sees it.
 *
 * <p>{@link #appendEvents} returns once the events are on disk, together with the rows that {@link Alongsides} holds for
 * the unit of work, and leaves their {@link Appended} on it. They are durable then whatever becomes of the unit: the log
 * is the unit's only write. An event that is not the next one of its stream is a {@link ConcurrencyException}, also for
 * a stream's first event, so that the command can be tried again on what is there. {@link LogUnavailable} and what rows
 * were refused with pass unchanged.
 *
 * <p>Tracking needs one number and no list of gaps, since positions have none; no clock is consulted. There are no
 * snapshots: streams are short, and a snapshot would be one more place where data of a person lies.
 */
public final class PostgresEventStorageEngine implements EventStorageEngine {

    private static final int PAGE = 1000;

    private final Appender appender;
    private final EventLog log;
    private final EventMessages messages;

    public PostgresEventStorageEngine(Appender appender, EventLog log, EventMessages messages) {
        this.appender = appender;
        this.log = log;
        this.messages = messages;
    }

    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        if (events.isEmpty()) {
            return;
        }
        UnitOfWork<?> unit = CurrentUnitOfWork.isStarted() ? CurrentUnitOfWork.get() : null;
        List<Row<?>> rows = unit == null ? List.of() : Alongsides.take(unit);
        // Sealed here, by the caller's thread: the appender's thread is the one that everybody waits for.
        List<SealedEvent> sealed = events.stream().map(messages::seal).toList();
        try {
            Appended place = appender.append(new SealedEntry(rows, sealed));
            if (unit != null) {
                unit.root().resources().put(Appended.class.getName(), place);
            }
        } catch (StreamConflict | RetiredParent e) {
            throw new ConcurrencyException(e.getMessage(), e); // decided, and sealed, once more on what is now
        }
    }

    /** Where the unit's last events went; empty when it appended none. */
    public static Optional<Appended> appended(UnitOfWork<?> unit) {
        return Optional.ofNullable(unit.root().getResource(Appended.class.getName()));
    }

    /** @throws HistoryDestroyed from the stream, when the key of an event is destroyed */
    @Override
    public DomainEventStream readEvents(String aggregateIdentifier, long firstSequenceNumber) {
        StreamId stream = messages.stream(aggregateIdentifier);
        List<StoredEvent> stored = log.stream(stream, firstSequenceNumber);
        Supplier<@Nullable Long> last =
                () -> stored.isEmpty() ? null : stored.getLast().event().sequence();
        return DomainEventStream.of(
                stored.stream().map(e -> (DomainEventMessage<?>)
                        messages.open(e.event()).orElseThrow(() -> new HistoryDestroyed(stream))),
                last);
    }

    /** Everything after the token, to the end as it is when the stream gets there. Events nobody can read are left out. */
    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(@Nullable TrackingToken token, boolean mayBlock) {
        long after = token == null ? 0 : token.position().orElse(0);
        return Stream.iterate(
                        log.after(after, PAGE),
                        page -> !page.isEmpty(),
                        page -> log.after(page.getLast().position(), PAGE))
                .flatMap(List::stream)
                .flatMap(e -> messages.open(e.event()).map(m -> tracked(e.position(), m)).stream());
    }

    private static TrackedEventMessage<?> tracked(long position, EventMessage<?> message) {
        TrackingToken token = new GlobalSequenceTrackingToken(position);
        return message instanceof DomainEventMessage<?> ours
                ? new GenericTrackedDomainEventMessage<>(token, ours)
                : new GenericTrackedEventMessage<>(token, message);
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String aggregateIdentifier) {
        return log.lastSequence(messages.stream(aggregateIdentifier)).stream()
                .boxed()
                .findFirst();
    }

    @Override
    public TrackingToken createTailToken() {
        return new GlobalSequenceTrackingToken(0);
    }

    @Override
    public TrackingToken createHeadToken() {
        return new GlobalSequenceTrackingToken(log.lastPosition());
    }

    @Override
    public TrackingToken createTokenAt(Instant dateTime) {
        return new GlobalSequenceTrackingToken(log.positionBefore(dateTime));
    }

    /** @throws UnsupportedOperationException always: nothing here asks for snapshots */
    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        throw new UnsupportedOperationException("this store keeps no snapshots");
    }

    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregateIdentifier) {
        return Optional.empty();
    }

    private record SealedEntry(List<Row<?>> rows, List<SealedEvent> events) implements Entry {

        @Override
        public List<StreamId> streams() {
            return events.stream().map(SealedEvent::stream).distinct().toList();
        }
    }
}
