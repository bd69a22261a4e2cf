package io.byok.platform.web.http;

import jakarta.servlet.http.HttpServletResponse;

/** The headers of every answer: nothing is cached, framed, sniffed, embedded or told to other sites. */
final class SafeHeaders {

    private SafeHeaders() {}

    static void set(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    }
}
