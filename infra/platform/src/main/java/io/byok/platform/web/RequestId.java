package io.byok.platform.web;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The id under which a request is found again in logs, events and problems. */
public final class RequestId {

    /** The name of the request's attribute and of the log's context field. */
    public static final String ATTRIBUTE = "requestId";

    private static final int LONGEST = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RequestId() {}

    /**
     * The caller's id when it can be trusted in a log line, or a fresh one.
     *
     * @param offered used as it is when it is 1 to 64 of {@code [A-Za-z0-9._-]}
     */
    public static String acceptOrMake(@Nullable String offered) {
        return offered != null && isSafe(offered) ? offered : make();
    }

    private static boolean isSafe(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST
                && text.chars().allMatch(c -> c == '.' || c == '_' || c == '-' || isAsciiLetterOrDigit(c));
    }

    private static boolean isAsciiLetterOrDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    private static String make() {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        return "req_" + HexFormat.of().formatHex(random);
    }
}
