package io.byok.platform.web.http;

import io.byok.platform.web.Caller;
import io.byok.platform.web.HeaderNames;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.limit.Bulkhead;
import io.byok.platform.web.limit.Grant;
import io.byok.platform.web.limit.RateLimits;
import io.byok.platform.web.problem.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses a known caller who asks for too much, before any handler, body or connection is touched. */
final class LimitFilter extends OncePerRequestFilter {

    private static final String A_SECOND = "1";

    private final RateLimits limits;
    private final Bulkhead bulkhead;

    LimitFilter(RateLimits limits, Bulkhead bulkhead) {
        this.limits = limits;
        this.bulkhead = bulkhead;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!(request.getAttribute(CallerAuthentication.ATTRIBUTE) instanceof Caller caller)) {
            chain.doFilter(request, response); // the rules behind refuse whoever is nobody
            return;
        }
        Optional<Grant> grant = limits.control(caller);
        grant.ifPresent(said -> {
            response.setHeader(HeaderNames.RATE_LIMIT_POLICY, said.policyHeader());
            response.setHeader(HeaderNames.RATE_LIMIT, said.header());
        });
        if (grant.isPresent() && !grant.get().granted()) {
            refuse(Long.toString(grant.get().retryAfter()), caller, response);
            return;
        }
        Optional<Bulkhead.Turn> turn = turn(caller);
        if (turn.isEmpty()) {
            refuse(A_SECOND, caller, response);
            return;
        }
        try (var _ = turn.get()) {
            chain.doFilter(request, response);
        }
    }

    private Optional<Bulkhead.Turn> turn(Caller caller) {
        try {
            return bulkhead.enter(caller.tenant());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static void refuse(String retryAfter, Caller caller, HttpServletResponse response) throws IOException {
        Problem problem = Problem.of(ProblemCode.RATE_LIMITED, caller.requestId());
        ProblemResponse.write(problem.with(HttpHeaders.RETRY_AFTER, retryAfter), response);
    }
}
