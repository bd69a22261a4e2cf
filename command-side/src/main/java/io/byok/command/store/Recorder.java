package io.byok.command.store;

import io.byok.platform.event.SealedEvent;
import java.util.List;

/**
 * A second place, beside the database, in which all that is committed is written down. It is written while the database
 * commits; nobody is answered before both have.
 *
 * <p>Called by the appender's one thread.
 */
public interface Recorder {

    /** For when the database is the only place. */
    Recorder NONE = new Recorder() {
        @Override
        public boolean mayCommit() {
            return true;
        }

        @Override
        public Receipt record(long last, List<SealedEvent> events) {
            return Receipt.NONE;
        }
    };

    /** False when everything would be refused anyway: then nothing is to be committed at all. Costs nothing. */
    boolean mayCommit();

    /**
     * Begins to write events down that are about to be committed. Neither waits nor throws.
     *
     * @param last the position before the first of them
     */
    Receipt record(long last, List<SealedEvent> events);

    /** What became of one call. Either {@link #committed} or {@link #abandoned} is told once; neither, when unknown. */
    interface Receipt {

        Receipt NONE = new Receipt() {
            @Override
            public boolean settled() {
                return true;
            }

            @Override
            public void committed() {}

            @Override
            public void abandoned() {}
        };

        /** Waits, two seconds at the most, and tells whether callers may be answered that it is done. */
        boolean settled();

        void committed();

        void abandoned();
    }
}
