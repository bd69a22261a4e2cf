package io.byok.command.bus;

import io.byok.command.store.Appended;
import io.byok.command.store.Appender;
import io.byok.command.store.Entry;
import io.byok.command.store.EventLog;
import io.byok.command.store.Row;
import io.byok.platform.event.SealedEvent;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.axonframework.commandhandling.CommandResultMessage;
import org.jspecify.annotations.Nullable;

/** Travels with one command and brings back what became of it. Used by one thread: the bus is synchronous. */
final class Ticket<S> {

    private final Function<Decided<S>, List<Row<?>>> alongside;
    private @Nullable Decided<S> decided;
    private List<Row<?>> rows = List.of();
    private @Nullable Appended appended;
    private @Nullable Throwable failure;
    private boolean recalled;

    Ticket(Function<Decided<S>, List<Row<?>>> alongside) {
        this.alongside = alongside;
    }

    @SuppressWarnings("unchecked") // the shell that handles the family answers its state
    List<Row<?>> decided(Decided<?> answer) {
        Decided<S> typed = (Decided<S>) answer;
        decided = typed;
        rows = alongside.apply(typed);
        return rows;
    }

    void decidedFromMemory() {
        recalled = true;
    }

    /** Whether it was decided on events that may lack the last ones. */
    boolean recalled() {
        return recalled;
    }

    /** Whether it changes nothing, as far as memory tells. */
    boolean rests() {
        return recalled
                && !Objects.requireNonNull(decided, "the shell answers what it decided")
                        .changed();
    }

    void appended(@Nullable Appended result) {
        appended = result;
    }

    void finished(CommandResultMessage<?> result) {
        if (result.isExceptional()) {
            failure = result.exceptionResult();
        }
    }

    void rethrow() {
        switch (failure) {
            case null -> {}
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            case Throwable checked -> throw new IllegalStateException("a command handler failed", checked);
        }
    }

    Receipt<S> receipt(Appender appender, EventLog log) {
        Decided<S> answer = Objects.requireNonNull(decided, "the shell answers what it decided");
        return new Receipt<>(answer.state(), answer.version(), position(answer, appender, log));
    }

    /** When nothing happened, a repeat must still be recognised, and everything until now is what a read should see. */
    private long position(Decided<S> answer, Appender appender, EventLog log) {
        if (answer.changed()) {
            return Objects.requireNonNull(appended, "events were appended").lastPosition();
        }
        if (!rows.isEmpty()) {
            return appender.append(new RowsOnly(rows)).lastPosition();
        }
        return log.lastPosition();
    }

    private record RowsOnly(List<Row<?>> rows) implements Entry {

        @Override
        public List<SealedEvent> events() {
            return List.of();
        }
    }

    @Override
    public String toString() {
        return "Ticket";
    }
}
