package io.byok.command.sink;

import java.io.Serial;

/** Thrown at the start: the files know of commits that the database does not have. It was set back, or is another one. */
public final class SinkAhead extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    SinkAhead(long known, long last) {
        super(
                "the audit sink's files go to position " + known + " and the database to " + last
                        + ": restore a newer backup, or give this database a sink directory of its own (docs/audit.md)",
                null,
                false,
                false);
    }
}
