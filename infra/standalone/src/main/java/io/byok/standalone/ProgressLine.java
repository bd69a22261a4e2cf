package io.byok.standalone;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A bar that moves on a terminal; elsewhere, and with {@code NO_COLOR}, a plain line whenever something has changed. */
final class ProgressLine implements AutoCloseable {

    private static final int WIDTH = 24;

    private final PrintWriter err;
    private final boolean terminal;
    private String shown = "";

    ProgressLine(PrintWriter err, Map<String, String> environment) {
        this(
                err,
                System.console() != null
                        && System.console().isTerminal()
                        && environment.getOrDefault("NO_COLOR", "").isEmpty()
                        && !environment.getOrDefault("TERM", "dumb").equals("dumb"));
    }

    ProgressLine(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    void show(JsonNode rotation) {
        String line = line(rotation);
        if (line.equals(shown)) {
            return;
        }
        shown = line;
        if (terminal) {
            err.print("\r\033[K" + line);
            err.flush();
        } else {
            err.println(line);
        }
    }

    private String line(JsonNode rotation) {
        long total = rotation.path("total").asLong();
        long done = rotation.path("done").asLong();
        StringBuilder line = new StringBuilder("byok: ");
        line.append(rotation.path("level").asString()).append(" keys ");
        if (terminal) {
            int full = total == 0 ? 0 : (int) Math.min(WIDTH, done * WIDTH / total);
            line.append('[')
                    .append("#".repeat(full))
                    .append(".".repeat(WIDTH - full))
                    .append("] ");
        }
        line.append(done).append('/').append(total).append(" renewed, ");
        line.append(rotation.path("remaining").asLong()).append(" under the old version");
        if (rotation.path("rate").isNumber()) {
            line.append(
                    String.format(Locale.ROOT, ", %.1f/s", rotation.path("rate").asDouble()));
        }
        if (rotation.path("failure").isString()) {
            line.append("; ").append(rotation.path("failure").asString());
        }
        return line.toString();
    }

    /** Leaves the terminal's line free for what is said next. */
    @Override
    public void close() {
        if (terminal && !shown.isEmpty()) {
            err.print("\r\033[K");
            err.flush();
        }
    }
}
