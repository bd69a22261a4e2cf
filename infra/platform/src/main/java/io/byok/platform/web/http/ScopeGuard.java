package io.byok.platform.web.http;

import io.byok.platform.web.Caller;
import io.byok.platform.web.Confines;
import io.byok.platform.web.OpenToAll;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.problem.Problem;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets a caller through to a handler whose scope they hold. Denies by default: a handler that names neither a scope nor
 * {@link OpenToAll} does not exist for anybody, be it ours or a framework's.
 */
final class ScopeGuard implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (request.getDispatcherType() == DispatcherType.ERROR) {
            return true; // the request is refused already; what is left is to say so
        }
        if (handler instanceof HandlerMethod method) {
            if (method.hasMethodAnnotation(OpenToAll.class)) {
                return true;
            }
            RequiresScope required = method.getMethodAnnotation(RequiresScope.class);
            if (required != null) {
                return admit(request, response, required.value(), method.hasMethodAnnotation(Confines.class));
            }
        }
        ProblemResponse.write(Problem.of(ProblemCode.PATH_UNKNOWN, RequestFrame.requestId(request)), response);
        return false;
    }

    private static boolean admit(
            HttpServletRequest request, HttpServletResponse response, String scope, boolean confines)
            throws IOException {
        String requestId = RequestFrame.requestId(request);
        if (!(request.getAttribute(CallerAuthentication.ATTRIBUTE) instanceof Caller caller)) {
            ProblemResponse.write(Denials.tokenMissing(requestId), response);
            return false;
        }
        if (caller.may(scope)) {
            if (confines || !caller.within().concernsData()) {
                return true;
            }
            ProblemResponse.write(
                    Problem.of(ProblemCode.TOKEN_CONFINED, "A confined token may not do this at all.", requestId),
                    response);
            return false;
        }
        Problem problem = Problem.of(ProblemCode.SCOPE_MISSING, "the scope " + scope + " is missing", requestId);
        String challenge = "Bearer realm=\"byok\", error=\"insufficient_scope\", scope=\"" + scope + "\"";
        ProblemResponse.write(problem.with(HttpHeaders.WWW_AUTHENTICATE, challenge), response);
        return false;
    }
}
