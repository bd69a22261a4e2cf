package io.byok.platform.web.http;

import io.byok.platform.web.JsonBody;
import io.byok.platform.web.RawBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.WebUtils;

/**
 * Reads the body of an admitted caller: in full, within the limit, in time, as UTF-8 and as JSON by its label, or not at
 * all. What was read is lent to controllers as {@link RawBody} and wiped when the request ends.
 */
final class BodyGuard implements HandlerInterceptor {

    private final HttpSettings settings;

    BodyGuard(HttpSettings settings) {
        this.settings = settings;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        GuardedRequest guarded = WebUtils.getNativeRequest(request, GuardedRequest.class);
        if (guarded == null || guarded.getAttribute(RawBody.ATTRIBUTE) != null) {
            return true; // an error's or an async dispatch, which reads no body
        }
        RawBody body = new RawBody(bytes(guarded));
        guarded.admit(body);
        if (body.length() > 0) {
            JsonBody.check(request.getContentType(), request.getHeader("Content-Encoding"), body.bytes());
        }
        return true;
    }

    private byte[] bytes(GuardedRequest request) throws IOException {
        long announced = request.getContentLengthLong();
        boolean none = announced == 0 || (announced < 0 && request.getHeader("Transfer-Encoding") == null);
        return none
                ? new byte[0]
                : BodyReader.read(
                        request.unguarded(),
                        announced,
                        settings.bodyLimit(request.getRequestURI()),
                        settings.bodyTimeout());
    }
}
