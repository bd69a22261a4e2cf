package io.byok.platform.web.http;

import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** The security chain's refusals as problems. */
final class Denials implements AuthenticationEntryPoint, RequestRejectedHandler {

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
            throws IOException {
        ProblemResponse.write(tokenMissing(RequestFrame.requestId(request)), response);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException reason)
            throws IOException {
        ProblemResponse.write(Problem.of(ProblemCode.REQUEST_INVALID, RequestFrame.requestId(request)), response);
    }

    /** RFC 6750, section 3: without a credential there is no error to name. */
    static Problem tokenMissing(String requestId) {
        return Problem.of(ProblemCode.TOKEN_MISSING, requestId)
                .with(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"byok\"");
    }
}
