package io.byok.command.bus;

import io.byok.command.store.Row;
import java.util.List;

/** What must be true of every order when it is written, whatever it asks for. */
public interface Gate {

    /** Rows that are admitted, or not, with the order's events. */
    List<Row<?>> rows(Order<?> order);
}
