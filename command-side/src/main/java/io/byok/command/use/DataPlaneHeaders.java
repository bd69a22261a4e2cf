package io.byok.command.use;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** The headers of every answer, those of the control plane: nothing is cached, framed, sniffed or told to other sites. */
final class DataPlaneHeaders {

    private DataPlaneHeaders() {}

    static void set(HttpServerRequest request, String requestId) {
        HttpServerResponse response = request.response();
        response.putHeader("X-Request-Id", requestId);
        response.putHeader("Cache-Control", "no-store");
        response.putHeader("X-Content-Type-Options", "nosniff");
        response.putHeader("X-Frame-Options", "DENY");
        response.putHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.putHeader("Referrer-Policy", "no-referrer");
        response.putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        if (request.isSSL()) {
            response.putHeader("Strict-Transport-Security", "max-age=31536000"); // RFC 6797
        }
    }
}
