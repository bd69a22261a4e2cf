package io.byok.platform.web.http;

import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.problem.Problem;
import io.byok.platform.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Every failure inside MVC as a problem: the framework's own by their status, all others as {@link Problems} says. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final MediaType PROBLEM_JSON = MediaType.parseMediaType(Problem.MEDIA_TYPE);

    private final Problems problems;
    private final NotedRefusals refusals;

    ProblemAdvice(Problems problems, NotedRefusals refusals) {
        this.problems = problems;
        this.refusals = refusals;
    }

    @ExceptionHandler(Throwable.class)
    ResponseEntity<Object> anything(Throwable failure, HttpServletRequest request) {
        refusals.note(failure, request);
        return answer(problems.of(failure, RequestFrame.requestId(request)), HttpHeaders.EMPTY);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        HttpServletRequest servletRequest = ((ServletWebRequest) request).getRequest();
        String requestId = RequestFrame.requestId(servletRequest);
        if (status.is5xxServerError() && status.value() != 503) {
            return answer(problems.of(failure, requestId), headers);
        }
        return answer(Problem.of(code(failure, status.value()), detail(failure), requestId), headers);
    }

    private static ProblemCode code(Exception failure, int status) {
        return switch (failure) {
            case HttpMessageNotReadableException _ -> ProblemCode.BODY_MISSING; // the strict reader reports all others
            case TypeMismatchException _, MissingServletRequestParameterException _ -> ProblemCode.PARAMETER_INVALID;
            default -> ByStatus.code(status);
        };
    }

    /** Names are those of our own declarations; values are never repeated. */
    private static @Nullable String detail(Exception failure) {
        return switch (failure) {
            case MethodArgumentTypeMismatchException e -> "the parameter " + e.getName() + " makes no sense";
            case MissingServletRequestParameterException e -> "the parameter " + e.getParameterName() + " is missing";
            default -> null;
        };
    }

    private static ResponseEntity<Object> answer(Problem problem, HttpHeaders framework) {
        HttpHeaders headers = new HttpHeaders();
        if (!framework.getAllow().isEmpty()) {
            headers.setAllow(framework.getAllow());
        }
        problem.headers().forEach(headers::set);
        headers.setContentType(PROBLEM_JSON);
        return ResponseEntity.status(problem.status()).headers(headers).body(problem.json());
    }
}
