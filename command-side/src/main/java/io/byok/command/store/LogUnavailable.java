package io.byok.command.store;

import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.Unavailable;
import java.io.Serial;
import java.time.Duration;

/**
 * The database is away, or more waits for it than the queue holds. Either nothing was written, or it is not known
 * whether it was ({@link #outcomeUnknown()}): the connection broke during the commit and did not come back in time, or the
 * second place did not write what the database had committed already.
 */
public final class LogUnavailable extends Unavailable {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final Duration SOON = Duration.ofSeconds(1);

    private final boolean outcomeUnknown;

    private LogUnavailable(String message, boolean outcomeUnknown) {
        super(ProblemCode.LOG_UNAVAILABLE.code(), SOON, message);
        this.outcomeUnknown = outcomeUnknown;
    }

    /** Too much waits already; nothing was written. */
    public static LogUnavailable full() {
        return new LogUnavailable("the log is busy: too many entries wait for it", false);
    }

    static LogUnavailable away() {
        return new LogUnavailable("the log's database does not answer", false);
    }

    static LogUnavailable closed() {
        return new LogUnavailable("the log is closed: the server is stopping", false);
    }

    static LogUnavailable unknown() {
        return new LogUnavailable("the log's database went away during a commit; its outcome is not known", true);
    }

    /** It did not answer in time, and may do so yet. */
    public static LogUnavailable slow() {
        return new LogUnavailable("the log did not answer in time", true);
    }

    /** The second place takes nothing, and is required; nothing was written. */
    static LogUnavailable unrecorded() {
        return new LogUnavailable("a required audit sink does not write", false);
    }

    /** It is in the database and, in time, was not in the second place, which is required. */
    static LogUnavailable half() {
        return new LogUnavailable("a required audit sink did not write in time", true);
    }

    /** Whether the entry may be there nevertheless. A caller that repeats itself then needs an idempotency key. */
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }
}
