package io.byok.command.use;

import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Requests whose bodies are still arriving, oldest first. One look a second instead of a timer for each. */
final class OpenBodies {

    private static final long LONGEST = Duration.ofSeconds(10).toNanos();

    private record Begun(long at, Runnable late) {}

    private final Map<HttpServerRequest, Begun> open = new LinkedHashMap<>();

    void begun(HttpServerRequest request, Runnable late) {
        open.put(request, new Begun(System.nanoTime(), late));
    }

    void ended(HttpServerRequest request) {
        open.remove(request);
    }

    void sweep() {
        long now = System.nanoTime();
        Iterator<Begun> oldest = open.values().iterator();
        while (oldest.hasNext()) {
            Begun one = oldest.next();
            if (now - one.at() < LONGEST) {
                return;
            }
            oldest.remove();
            one.late().run();
        }
    }
}
