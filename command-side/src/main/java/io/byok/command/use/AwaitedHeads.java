package io.byok.command.use;

import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Connections that owe us the head of a request, and since when. Whoever sends one byte at a time is never idle, and would
 * keep a connection for ever: a head must be there in time, the first one soon. One look a second, on the event loop.
 */
final class AwaitedHeads {

    static final Duration FIRST = Duration.ofSeconds(10);
    static final Duration NEXT = Duration.ofSeconds(75);

    private final LongSupplier nanos;
    private final Map<HttpConnection, Long> until = new HashMap<>();

    /** @param nanos a clock that never jumps */
    AwaitedHeads(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void opened(HttpConnection connection) {
        await(connection, FIRST);
        connection.closeHandler(closed -> until.remove(connection));
    }

    void came(HttpConnection connection) {
        until.remove(connection);
    }

    void answered(HttpConnection connection) {
        await(connection, NEXT);
    }

    private void await(HttpConnection connection, Duration longest) {
        until.put(connection, nanos.getAsLong() + longest.toNanos());
    }

    void sweep() {
        long now = nanos.getAsLong();
        List<HttpConnection> late = new ArrayList<>();
        until.forEach((connection, end) -> {
            if (now - end >= 0) {
                late.add(connection);
            }
        });
        late.forEach(connection -> {
            until.remove(connection);
            connection.close();
        });
    }
}
