package io.byok.platform.web.http;

import io.byok.platform.web.HeaderNames;
import io.byok.platform.web.problem.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes a problem as a servlet's whole answer. */
final class ProblemResponse {

    private ProblemResponse() {}

    /** Does nothing when an answer is already on its way. */
    static void write(Problem problem, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(problem.status());
        SafeHeaders.set(response);
        response.setHeader(HeaderNames.REQUEST_ID, problem.requestId());
        problem.headers().forEach(response::setHeader);
        byte[] json = problem.json();
        response.setContentType(Problem.MEDIA_TYPE);
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}
