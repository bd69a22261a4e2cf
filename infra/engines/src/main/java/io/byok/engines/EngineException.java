package io.byok.engines;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An engine could not be started, stopped or reached. The message is one line, for people, and holds no secret. */
public final class EngineException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public EngineException(String message) {
        this(message, null);
    }

    public EngineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
