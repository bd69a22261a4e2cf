package io.byok.command.bus;

import io.byok.command.store.Alongsides;
import io.byok.command.store.Appended;
import io.byok.command.store.Appender;
import io.byok.command.store.EventLog;
import io.byok.command.store.EventMetadata;
import io.byok.command.store.HistoryDestroyed;
import io.byok.command.store.PostgresEventStorageEngine;
import io.byok.command.store.Row;
import io.byok.kernel.Rejection;
import io.byok.kernel.erase.UserErased;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;

/**
 * The one door to the command bus. When {@link #send} returns, the events and the rows alongside are durable, all of
 * them or, when it throws, none (save that a lost database connection can leave it unknown: the caller repeats with the
 * same idempotency key).
 *
 * <p>Axon 4 routes by exact class name, so a record of a sealed family is wrapped in a message named after the family.
 */
public final class Commands {

    private static final int ATTEMPTS = 10;
    private static final String TICKET = "ticket";
    static final String TARGET = "target";

    private final CommandBus bus;
    private final Appender appender;
    private final EventLog log;
    private final Gate gate;

    public Commands(CommandBus bus, Appender appender, EventLog log, Gate gate) {
        this.gate = gate;
        this.bus = bus;
        this.appender = appender;
        this.log = log;
        bus.registerHandlerInterceptor(Commands::takeRowsAlong);
    }

    /** Sends a command that writes its events and nothing else. */
    public <C, S> Receipt<S> send(Order<C> order) {
        return send(order, decided -> List.of());
    }

    /**
     * Sends a command.
     *
     * @param alongside what else must be true at once; asked after the decision
     * @throws Rejection when a rule refuses it
     * @throws io.byok.command.store.LogUnavailable when it cannot be made durable now
     */
    public <C, S> Receipt<S> send(Order<C> order, Function<Decided<S>, List<Row<?>>> alongside) {
        boolean fromTheLog = false;
        for (int attempt = 1; ; attempt++) {
            Ticket<S> ticket = new Ticket<>(decided -> guarded(order, decided, alongside.apply(decided)));
            try {
                dispatch(order, ticket, fromTheLog);
                if (!ticket.rests()) {
                    return ticket.receipt(appender, log);
                }
                fromTheLog = true;
            } catch (HistoryDestroyed erased) {
                throw Rejection.of(UserErased.USER_ERASED);
            } catch (Rejection refused) {
                if (!ticket.recalled()) {
                    throw refused;
                }
                fromTheLog = true; // only an append is checked against the log; a "no" must be made on it
            } catch (ConcurrencyException conflict) {
                // Another node appended to this aggregate between our load and our append: decide again on what is.
                if (attempt == ATTEMPTS) {
                    throw new Rejection(StaleVersion.STALE, "The thing keeps changing; try again.");
                }
            }
        }
    }

    private <S> List<Row<?>> guarded(Order<?> order, Decided<S> decided, List<Row<?>> rows) {
        if (!decided.changed()) {
            return rows;
        }
        List<Row<?>> all = new ArrayList<>(gate.rows(order));
        all.addAll(rows);
        return all;
    }

    private <C> void dispatch(Order<C> order, Ticket<?> ticket, boolean fromTheLog) {
        Map<String, Object> metadata = new HashMap<>();
        if (fromTheLog) {
            metadata.put(PostgresEventStorageEngine.FROM_THE_LOG, true);
        }
        metadata.put(TICKET, ticket);
        metadata.put(TARGET, order.target());
        metadata.put(EventMetadata.TENANT, order.tenant().text());
        metadata.put(EventMetadata.ACTOR, order.by().actor());
        if (order.subject() != null) {
            metadata.put(EventMetadata.SUBJECT, order.subject().text());
        }
        if (order.by().requestId() != null) {
            metadata.put(EventMetadata.REQUEST_ID, order.by().requestId());
        }
        if (order.expectedVersion() != null) {
            metadata.put(Shell.EXPECTED_VERSION, order.expectedVersion());
        }
        CommandMessage<Object> message = new GenericCommandMessage<>(
                new GenericMessage<>(order.command(), metadata), order.family().getName());
        bus.dispatch(
                message,
                (CommandMessage<? extends Object> sent, CommandResultMessage<?> result) -> ticket.finished(result));
        ticket.rethrow();
    }

    private static Object takeRowsAlong(UnitOfWork<? extends CommandMessage<?>> unit, InterceptorChain chain)
            throws Exception {
        Object result;
        try {
            result = chain.proceed();
        } finally {
            if (unit.getMessage().getMetaData().get(TICKET) instanceof Ticket<?> ticket
                    && PostgresEventStorageEngine.wasRecalled(unit)) {
                ticket.decidedFromMemory();
            }
        }
        if (unit.getMessage().getMetaData().get(TICKET) instanceof Ticket<?> ticket
                && result instanceof Decided<?> decided) {
            List<Row<?>> rows = ticket.decided(decided);
            if (decided.changed()) {
                Alongsides.add(unit, rows);
                unit.afterCommit(done -> ticket.appended(done.getResource(Appended.class.getName())));
            }
        }
        return result;
    }
}
