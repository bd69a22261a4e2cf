package io.byok.command.store;

/** A row on its way into the database. Used by the appender's thread only. */
public interface Pending<T> {

    T value();

    /** The entry it came with. */
    Entry entry();

    /** Fails the whole entry with this exception. The first refusal counts. Only while rows are being admitted. */
    void refuse(RuntimeException why);

    /**
     * The position of the entry's last event; for an entry without events, the position of the last event before it.
     *
     * @throws IllegalStateException before rows are written
     */
    long lastPosition();
}
