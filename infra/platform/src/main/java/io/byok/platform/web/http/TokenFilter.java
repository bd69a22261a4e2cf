package io.byok.platform.web.http;

import io.byok.platform.access.TokenText;
import io.byok.platform.access.TokenVerifier;
import io.byok.platform.access.VerifiedToken;
import io.byok.platform.web.Caller;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.problem.Problem;
import io.byok.platform.web.problem.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns {@code Authorization: Bearer} into a {@link Caller}. A credential that is there and opens nothing is refused at
 * once, also where none is needed; one that is not there is the business of the rules behind.
 */
final class TokenFilter extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";
    private static final String CHALLENGE = "Bearer realm=\"byok\", error=\"invalid_token\"";

    private final TokenVerifier tokens;
    private final Problems problems;

    TokenFilter(TokenVerifier tokens, Problems problems) {
        this.tokens = tokens;
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
        Optional<VerifiedToken> token;
        try {
            token = presented.size() == 1 ? verify(presented.getFirst()) : Optional.empty();
        } catch (RuntimeException e) {
            ProblemResponse.write(problems.of(e, requestId), response);
            return;
        }
        if (token.isEmpty()) {
            Problem problem = Problem.of(ProblemCode.TOKEN_INVALID, requestId);
            ProblemResponse.write(problem.with(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE), response);
            return;
        }
        VerifiedToken is = token.get();
        if (is.suspended()) {
            ProblemResponse.write(Problem.of(ProblemCode.TENANT_SUSPENDED, requestId), response);
            return;
        }
        Caller caller = new Caller(is.tenant(), is.tokenId(), is.scopes(), requestId);
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new CallerAuthentication(caller));
        SecurityContextHolder.setContext(context);
        request.setAttribute(CallerAuthentication.ATTRIBUTE, caller);
        chain.doFilter(request, response);
    }

    private Optional<VerifiedToken> verify(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        return TokenText.parse(header.substring(SCHEME.length()).strip()).flatMap(token -> {
            try {
                return tokens.verify(token);
            } finally {
                Arrays.fill(token, (byte) 0);
            }
        });
    }
}
