package io.byok.command.store;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** Rows to be written beside the events of a unit of work, kept on it until its events are appended. */
public final class Alongsides {

    /** The resource of the unit of work that holds them. */
    public static final String RESOURCE = Alongsides.class.getName();

    private Alongsides() {}

    /** Adds rows to the entry that the unit's events will be. Without events, nothing is written. */
    public static void add(UnitOfWork<?> unit, List<Row<?>> rows) {
        unit.root()
                .<List<Row<?>>>getOrComputeResource(RESOURCE, key -> new ArrayList<>())
                .addAll(rows);
    }

    /** The rows that were added; they are gone afterwards, so that no second entry writes them again. */
    public static List<Row<?>> take(UnitOfWork<?> unit) {
        List<Row<?>> rows = unit.root().getOrComputeResource(RESOURCE, key -> new ArrayList<>());
        List<Row<?>> taken = List.copyOf(rows);
        rows.clear();
        return taken;
    }
}
