package io.byok.bench;

import com.github.f4b6a3.uuid.UuidCreator;
import io.byok.command.store.EventMetadata;
import io.byok.kernel.KeyId;
import io.byok.kernel.Provenance;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;

/** Axon's command bus and repository over a storage engine. */
final class KeyCommands implements AutoCloseable {

    private static final TenantId TENANT = new TenantId(UuidCreator.getTimeOrderedEpoch());
    private static final List<SubjectId> SUBJECTS = subjects();

    private final EventStorageEngine engine;
    private final EmbeddedEventStore store;
    private final CommandBus bus = SimpleCommandBus.builder()
            .transactionManager(NoTransactionManager.INSTANCE)
            .build();
    private final AtomicInteger turn = new AtomicInteger();
    private List<KeyId> keys = List.of();

    KeyCommands(EventStorageEngine engine) {
        this.engine = engine;
        this.store = EmbeddedEventStore.builder().storageEngine(engine).build();
        AggregateAnnotationCommandHandler.<BenchKey>builder()
                .aggregateType(BenchKey.class)
                .repository(EventSourcingRepository.builder(BenchKey.class)
                        .eventStore(store)
                        .build())
                .build()
                .subscribe(bus);
    }

    private static List<SubjectId> subjects() {
        List<SubjectId> subjects = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            subjects.add(new SubjectId(UuidCreator.getTimeOrderedEpoch()));
        }
        return subjects;
    }

    /** Keys for the next rotations, written in bulk, so that both sides begin with histories of the same length. */
    void prepare(int count) {
        List<KeyId> fresh = new ArrayList<>();
        List<DomainEventMessage<?>> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            KeyId key = new KeyId(UuidCreator.getTimeOrderedEpoch());
            fresh.add(key);
            events.add(new GenericDomainEventMessage<>(
                    "key",
                    key.text(),
                    0,
                    BenchKey.added(key),
                    EventMetadata.of(TENANT, SUBJECTS.get(i % SUBJECTS.size()), Provenance.system("bench"))));
        }
        DefaultUnitOfWork.startAndGet(null).execute(() -> engine.appendEvents(events));
        keys = fresh;
    }

    void add() {
        KeyId key = new KeyId(UuidCreator.getTimeOrderedEpoch());
        dispatch(new BenchKey.Add(key.text(), key, TENANT, SUBJECTS.get(turn.getAndIncrement() % SUBJECTS.size())));
    }

    void rotate() {
        int i = turn.getAndIncrement() % keys.size();
        dispatch(new BenchKey.Rotate(keys.get(i).text(), TENANT, SUBJECTS.get(i % SUBJECTS.size())));
    }

    private void dispatch(Object command) {
        FutureCallback<Object, Object> answer = new FutureCallback<>();
        bus.dispatch(GenericCommandMessage.asCommandMessage(command), answer);
        var result = answer.getResult();
        if (result.isExceptional()) {
            throw new IllegalStateException("a command failed", result.exceptionResult());
        }
    }

    @Override
    public void close() {
        store.shutDown();
    }
}
