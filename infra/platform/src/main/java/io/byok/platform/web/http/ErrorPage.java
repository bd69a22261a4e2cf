package io.byok.platform.web.http;

import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.problem.Problem;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Where the container sends what somebody answered with {@code sendError}. Nobody can call it from outside. */
@Controller
final class ErrorPage implements ErrorController {

    @RequestMapping("/error")
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        ProblemCode code = request.getDispatcherType() == DispatcherType.ERROR && status instanceof Integer number
                ? ByStatus.code(number)
                : ProblemCode.PATH_UNKNOWN;
        ProblemResponse.write(Problem.of(code, RequestFrame.requestId(request)), response);
    }
}
