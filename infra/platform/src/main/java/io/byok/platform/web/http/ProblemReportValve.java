package io.byok.platform.web.http;

import io.byok.platform.web.problem.Problem;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** Tomcat's own errors (a request line that is none, a path it cannot decode) as problems. Tomcat makes it by name. */
public final class ProblemReportValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        String requestId = RequestFrame.requestId(request);
        try {
            ProblemResponse.write(Problem.of(ByStatus.code(response.getStatus()), requestId), response);
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            getContainer().getLogger().debug("the caller of " + requestId + " is gone");
        }
    }
}
