package io.byok.command.store;

import io.byok.kernel.StreamId;
import io.byok.platform.event.SealedEvent;
import io.byok.platform.event.StoredEvent;
import io.byok.platform.seal.RetiredParent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.axonframework.commandhandling.CommandMessage;
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

    /** Metadata key of a command that must see its stream as the log has it. */
    public static final String FROM_THE_LOG = "fromTheLog";

    private static final String RECALLED = "recalled";

    private final Appender appender;
    private final EventLog log;
    private final EventMessages messages;
    private final StreamMemory memory;

    public PostgresEventStorageEngine(Appender appender, EventLog log, EventMessages messages, StreamMemory memory) {
        this.memory = memory;
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
        long moment = memory.moment();
        // Sealed here, by the caller's thread: the appender's thread is the one that everybody waits for.
        List<SealedEvent> sealed = events.stream().map(messages::seal).toList();
        SealedEntry entry = new SealedEntry(rows, sealed);
        try {
            Appended place = appender.append(entry);
            if (unit != null) {
                unit.root().resources().put(Appended.class.getName(), place);
            }
            if (command() != null) {
                remember(entry.streams(), events, moment);
            }
        } catch (StreamConflict | RetiredParent e) {
            entry.streams().forEach(memory::forget);
            throw new ConcurrencyException(e.getMessage(), e); // decided, and sealed, once more on what is now
        } catch (RuntimeException | Error e) {
            entry.streams().forEach(memory::forget);
            throw e;
        }
    }

    private void remember(List<StreamId> streams, List<? extends EventMessage<?>> events, long moment) {
        if (streams.size() == 1) {
            memory.append(
                    streams.getFirst(),
                    events.stream().map(event -> (DomainEventMessage<?>) event).toList(),
                    moment);
        } else {
            streams.forEach(memory::forget);
        }
    }

    /** Where the unit's last events went; empty when it appended none. */
    public static Optional<Appended> appended(UnitOfWork<?> unit) {
        return Optional.ofNullable(unit.root().getResource(Appended.class.getName()));
    }

    /**
     * From memory, where the stream is remembered and the unit of work allows it: {@link #wasRecalled} tells.
     *
     * @throws HistoryDestroyed when the key of an event is destroyed
     */
    @Override
    public DomainEventStream readEvents(String aggregateIdentifier, long firstSequenceNumber) {
        StreamId stream = messages.stream(aggregateIdentifier);
        UnitOfWork<?> command = firstSequenceNumber == 0 ? command() : null;
        if (command != null && !command.getMessage().getMetaData().containsKey(FROM_THE_LOG)) {
            List<DomainEventMessage<?>> recalled = memory.recall(stream);
            if (recalled != null) {
                command.root().resources().put(RECALLED, true);
                return DomainEventStream.of(recalled);
            }
        }
        long moment = memory.moment();
        List<DomainEventMessage<?>> events = new ArrayList<>();
        for (StoredEvent stored : log.stream(stream, firstSequenceNumber)) {
            events.add((DomainEventMessage<?>)
                    messages.open(stored.event()).orElseThrow(() -> new HistoryDestroyed(stream)));
        }
        if (command != null) {
            memory.keep(stream, events, moment);
        }
        return DomainEventStream.of(events);
    }

    /** The unit of work of the command that runs; null when none does. Only commands have a use for memory. */
    private static @Nullable UnitOfWork<?> command() {
        if (!CurrentUnitOfWork.isStarted()) {
            return null;
        }
        UnitOfWork<?> unit = CurrentUnitOfWork.get();
        return unit.getMessage() instanceof CommandMessage<?> ? unit : null;
    }

    /** Whether the unit of work has seen events from memory, which may lack the end of their stream. */
    public static boolean wasRecalled(UnitOfWork<?> unit) {
        return unit.root().resources().containsKey(RECALLED);
    }

    /** Everything after the token, to the end as it is when the stream gets there, and further when it is asked again. */
    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(@Nullable TrackingToken token, boolean mayBlock) {
        long after = token == null ? 0 : token.position().orElse(0);
        return StreamSupport.stream(
                new TailSpliterator(
                        log, after, event -> messages.open(event.event()).map(m -> tracked(event.position(), m))),
                false);
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
}
