package io.byok.platform.web.http;

import io.byok.platform.web.HeaderNames;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.RequestId;
import io.byok.platform.web.problem.Problem;
import io.byok.platform.web.problem.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Around everything else: gives the request its id, the answer its headers, refuses what no part behind should see, wipes
 * the body when all is done, and turns whatever still comes out into a problem.
 */
final class RequestFrame extends OncePerRequestFilter {

    private final Problems problems;

    RequestFrame(Problems problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        String requestId = RequestId.acceptOrMake(request.getHeader(HeaderNames.REQUEST_ID));
        request.setAttribute(RequestId.ATTRIBUTE, requestId);
        response.setHeader(HeaderNames.REQUEST_ID, requestId);
        SafeHeaders.set(response);
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000"); // RFC 6797
        }
        GuardedRequest guarded = new GuardedRequest(request);
        try (var _ = MDC.putCloseable(RequestId.ATTRIBUTE, requestId)) {
            if (UriEncoding.isStrict(request.getRequestURI()) && UriEncoding.isStrict(request.getQueryString())) {
                chain.doFilter(guarded, response);
            } else {
                ProblemResponse.write(Problem.of(ProblemCode.ENCODING_INVALID, requestId), response);
            }
        } catch (RequestRejectedException e) {
            ProblemResponse.write(Problem.of(ProblemCode.REQUEST_INVALID, requestId), response);
        } catch (ServletException e) {
            Throwable cause = e.getRootCause() == null ? e : e.getRootCause();
            ProblemResponse.write(problems.of(cause, requestId), response);
        } catch (RuntimeException e) {
            ProblemResponse.write(problems.of(e, requestId), response);
        } finally {
            guarded.wipe();
        }
    }

    /** The id this filter gave; a fresh one for what never came through it. */
    static String requestId(HttpServletRequest request) {
        return request.getAttribute(RequestId.ATTRIBUTE) instanceof String id ? id : RequestId.acceptOrMake(null);
    }
}
