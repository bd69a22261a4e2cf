package io.byok.platform.web.http;

import io.byok.kernel.KeyId;
import io.byok.kernel.Rejection;
import io.byok.platform.web.Caller;
import io.byok.platform.web.door.RefusalListener;
import io.byok.platform.web.door.RefusedCommand;
import io.byok.platform.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Tells whoever takes note of it which commands are refused. What only reads is no command, and what is malformed never
 * became one.
 */
@Component
final class NotedRefusals {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final ObjectProvider<RefusalListener> listeners;

    /** @param listeners none on a node that cannot write to the log */
    NotedRefusals(ObjectProvider<RefusalListener> listeners) {
        this.listeners = listeners;
    }

    void note(Throwable failure, HttpServletRequest request) {
        Rejection why = Problems.rejection(failure);
        if (why != null
                && !READING.contains(request.getMethod())
                && request.getAttribute(CallerAuthentication.ATTRIBUTE) instanceof Caller caller
                && request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String path) {
            String key = variable(request, "keyId");
            RefusedCommand refused = new RefusedCommand(
                    caller,
                    request.getMethod() + ' ' + path,
                    why.refusal().code(),
                    key == null ? null : KeyId.parse(key).orElse(null),
                    variable(request, "userId"));
            listeners.forEach(listener -> listener.refused(refused));
        }
    }

    private static @Nullable String variable(HttpServletRequest request, String name) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                        && variables.get(name) instanceof String value
                ? value
                : null;
    }
}
