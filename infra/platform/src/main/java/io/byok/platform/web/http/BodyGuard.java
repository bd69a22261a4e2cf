package io.byok.platform.web.http;

import io.byok.platform.web.BadRequest;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.RawBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.WebUtils;

/**
 * Reads the body of an admitted caller: in full, within the limit, in time, as UTF-8 and as JSON by its label, or not at
 * all. What was read is lent to controllers as {@link RawBody} and wiped when the request ends.
 */
final class BodyGuard implements HandlerInterceptor {

    private static final Pattern JSON =
            Pattern.compile("application/json\\s*(;\\s*charset=\"?utf-8\"?\\s*)?", Pattern.CASE_INSENSITIVE);

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
            requireJson(request);
            if (!UriEncoding.isUtf8(body.bytes())) {
                throw new BadRequest(ProblemCode.ENCODING_INVALID, "the body is not valid UTF-8");
            }
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

    private static void requireJson(HttpServletRequest request) {
        String type = request.getContentType();
        String coding = request.getHeader("Content-Encoding");
        boolean plain = coding == null || coding.equalsIgnoreCase("identity");
        if (type == null || !JSON.matcher(type).matches() || !plain) {
            throw new BadRequest(ProblemCode.MEDIA_TYPE_UNSUPPORTED, ProblemCode.MEDIA_TYPE_UNSUPPORTED.title());
        }
    }
}
