package io.byok.platform.outbound;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call to be made. Its headers may hold a secret, so it prints as method and host.
 *
 * @param method {@code GET} or {@code POST}
 * @param body for a POST, with its type among the headers
 */
public record OutboundCall(String method, URI uri, List<Map.Entry<String, String>> headers, byte @Nullable [] body) {

    @Override
    public String toString() {
        return method + " " + uri.getHost();
    }
}
