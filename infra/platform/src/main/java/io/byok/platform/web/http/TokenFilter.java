package io.byok.platform.web.http;

import io.byok.platform.web.Caller;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.door.Denial;
import io.byok.platform.web.door.Doorkeeper;
import io.byok.platform.web.door.Proxies;
import io.byok.platform.web.problem.Problem;
import io.byok.platform.web.problem.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Turns {@code Authorization: Bearer} into a {@link Caller}. A credential that is there and opens nothing is refused at
 * once, also where none is needed; one that is not there is the business of the rules behind.
 */
final class TokenFilter extends OncePerRequestFilter {

    private final Doorkeeper door;
    private final Proxies proxies;
    private final Problems problems;

    TokenFilter(Doorkeeper door, Proxies proxies, Problems problems) {
        this.door = door;
        this.proxies = proxies;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        List<String> presented = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
        if (presented.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        String requestId = RequestFrame.requestId(request);
        Doorkeeper.Entry entry;
        try {
            entry = door.ask(operation(request), presented, address(request), requestId)
                    .join();
        } catch (RuntimeException e) {
            Throwable why = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            ProblemResponse.write(problems.of(why, requestId), response);
            return;
        }
        Problem problem = entry.problem();
        Caller caller = entry.caller();
        if (problem != null || caller == null) {
            ProblemResponse.write(problem == null ? Denials.tokenMissing(requestId) : problem, response);
            return;
        }
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new CallerAuthentication(caller));
        SecurityContextHolder.setContext(context);
        request.setAttribute(CallerAuthentication.ATTRIBUTE, caller);
        chain.doFilter(request, response);
        if (response.getStatus() == HttpStatus.FORBIDDEN.value()) {
            door.refused(caller, operation(request), missingScope(request, caller), address(request));
        }
    }

    private static String operation(HttpServletRequest request) {
        return Denial.operation(request.getMethod(), request.getRequestURI());
    }

    private static @Nullable String missingScope(HttpServletRequest request, Caller caller) {
        if (request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod handler) {
            RequiresScope required = handler.getMethodAnnotation(RequiresScope.class);
            return required == null || caller.may(required.value()) ? null : required.value();
        }
        return null;
    }

    /** Of the connection, or of whoever a trusted proxy speaks for; never looked up as a name. */
    private @Nullable InetAddress address(HttpServletRequest request) {
        InetAddress connection;
        try {
            connection = InetAddress.ofLiteral(request.getRemoteAddr());
        } catch (IllegalArgumentException | NullPointerException unknown) {
            return null;
        }
        return proxies.client(connection, header -> Collections.list(request.getHeaders(header)));
    }
}
