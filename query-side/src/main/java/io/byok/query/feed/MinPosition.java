package io.byok.query.feed;

import io.byok.platform.web.BadRequest;
import io.byok.platform.web.HeaderNames;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.Unavailable;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.HttpMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets a caller read what it wrote: a GET of the read side that names a position is answered once all read models have
 * reached it, or with 503 after {@link #PATIENCE}. Waiting costs a virtual thread and no connection.
 */
public final class MinPosition implements HandlerInterceptor {

    static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final String READ_SIDE = "io.byok.query.";
    private static final int MOST_DIGITS = 19;

    private final Applied applied;

    public MinPosition(Applied applied) {
        this.applied = applied;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws InterruptedException {
        String named = request.getHeader(HeaderNames.MIN_POSITION);
        if (named != null && isRead(request, handler) && !applied.await(parse(named), PATIENCE)) {
            throw new Unavailable(ProblemCode.POSITION_NOT_REACHED, RETRY_AFTER);
        }
        return true;
    }

    private static boolean isRead(HttpServletRequest request, Object handler) {
        return HttpMethod.GET.matches(request.getMethod())
                && handler instanceof HandlerMethod method
                && method.getBeanType().getName().startsWith(READ_SIDE);
    }

    private static long parse(String text) {
        try {
            if (!text.isEmpty() && text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Long.parseLong(text);
            }
        } catch (NumberFormatException tooLarge) {
            // 19 digits can be more than a long holds
        }
        throw new BadRequest(ProblemCode.POSITION_INVALID, HeaderNames.MIN_POSITION + " is not a position");
    }
}
