package io.byok.platform.web.http;

import io.byok.platform.seal.SealState;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.problem.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/** As long as this node is sealed, it answers health and nothing else, before it looks at who is asking. */
final class SealGate extends OncePerRequestFilter {

    private static final Set<String> HEALTH = Set.of("/livez", "/readyz");

    private final SealState seal;

    SealGate(SealState seal) {
        this.seal = seal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (seal.isSealed() && !HEALTH.contains(request.getRequestURI())) {
            ProblemResponse.write(
                    Problem.of(ProblemCode.KEYS_UNAVAILABLE, RequestFrame.requestId(request))
                            .with("Retry-After", "1"),
                    response);
        } else {
            chain.doFilter(request, response);
        }
    }
}
