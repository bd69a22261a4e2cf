package io.byok.platform.web.door;

import io.byok.kernel.KeyId;
import io.byok.platform.web.Caller;
import org.jspecify.annotations.Nullable;

/**
 * A command of an admitted caller that a rule has refused.
 *
 * @param operation a method and a path as the description of the API writes them
 * @param code the stable word of the refusal
 * @param key the key that it was for, where it named one
 * @param userId the application's id of the end user that it was for, where it named one; not to be stored
 */
public record RefusedCommand(
        Caller caller,
        String operation,
        String code,
        @Nullable KeyId key,
        @Nullable String userId) {

    @Override
    public String toString() {
        return "RefusedCommand[" + operation + ", " + code + "]";
    }
}
