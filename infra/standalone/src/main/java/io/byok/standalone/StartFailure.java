package io.byok.standalone;

import io.byok.engines.EngineException;
import java.io.Serial;
import org.springframework.boot.web.server.PortInUseException;

/** Why the server does not start, in one line for the person at the console. */
final class StartFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 300;

    StartFailure(String message) {
        super(message, null, false, false);
    }

    /** One line for any failure. Exceptions of others may say anything, so they are cut to one short line. */
    static String reason(Throwable failure) {
        Throwable root = failure;
        while (true) {
            if (root instanceof StartFailure || root instanceof EngineException) {
                return "cannot start: " + root.getMessage();
            }
            if (root instanceof PortInUseException taken) {
                return "cannot start: port " + taken.getPort() + " is taken";
            }
            if (root.getCause() == null) {
                break;
            }
            root = root.getCause();
        }
        String message = root.getMessage() == null ? "" : root.getMessage();
        String line = message.lines().findFirst().orElse("").strip();
        String shown = line.isEmpty() ? root.getClass().getSimpleName() : line;
        return "cannot start: " + (shown.length() > LONGEST ? shown.substring(0, LONGEST) + "..." : shown);
    }
}
