package io.byok.platform.web.http;

import io.byok.platform.web.HeaderNames;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets pages of the operator's origins read the answers of what a widget may use (CORS), and of nothing else. It opens
 * nothing: browsers ask first and are answered here, everything else is asked for its token as ever. Cookies are no part
 * of it. What is not allowed is answered as if there were no CORS at all.
 */
final class CrossOriginFilter extends OncePerRequestFilter {

    private static final String TEN_MINUTES = "600";
    private static final String SENT = String.join(
            ", ",
            List.of(
                    HttpHeaders.AUTHORIZATION,
                    HttpHeaders.CONTENT_TYPE,
                    HttpHeaders.IF_MATCH,
                    HeaderNames.IDEMPOTENCY_KEY,
                    HeaderNames.MIN_POSITION,
                    HeaderNames.REQUEST_ID));
    private static final String SHOWN = String.join(
            ", ",
            List.of(
                    HttpHeaders.ETAG,
                    HttpHeaders.LOCATION,
                    HttpHeaders.RETRY_AFTER,
                    HttpHeaders.WWW_AUTHENTICATE,
                    HeaderNames.POSITION,
                    HeaderNames.REQUEST_ID,
                    HeaderNames.IDEMPOTENT_REPLAYED,
                    HeaderNames.RATE_LIMIT,
                    HeaderNames.RATE_LIMIT_POLICY));

    private final WidgetOrigins origins;
    private final WidgetRoutes routes;

    CrossOriginFilter(WidgetOrigins origins, WidgetRoutes routes) {
        this.origins = origins;
        this.routes = routes;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        if (origin == null || !origins.contains(origin)) {
            chain.doFilter(request, response);
            return;
        }
        String asked = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
        boolean preflight = request.getMethod().equals(HttpMethod.OPTIONS.name()) && asked != null;
        Set<String> methods = routes.methods(request.getRequestURI());
        if (!methods.contains(preflight ? asked : request.getMethod())) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        if (preflight) {
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, String.join(", ", methods));
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, SENT);
            response.setHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, TEN_MINUTES);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else {
            response.setHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, SHOWN);
            chain.doFilter(request, response);
        }
    }
}
