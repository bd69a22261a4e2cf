package io.byok.platform.web.door;

import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import java.net.InetAddress;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One attempt that was refused although it is known whose credential was presented.
 *
 * @param why a word of {@link Why}
 * @param operation a method and a collection; nothing else of what was sent
 * @param scope the scope that was missing, where that is why
 */
public record Denial(
        TenantId tenant,
        TokenId token,
        Why why,
        String operation,
        @Nullable String scope,
        @Nullable InetAddress from) {

    private static final Pattern COLLECTION = Pattern.compile("(/v1/[a-z-]{1,40})(/.*)?");
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /** Why somebody is refused. The words are stored. */
    public enum Why {
        REVOKED("revoked"),
        EXPIRED("expired"),
        NETWORK("network"),
        SCOPE("scope"),
        CONFINED("confined"),
        SUSPENDED("suspended");

        private final String word;

        Why(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** Without what stands behind the collection: that may be an end user's name. */
    public static String operation(String method, String path) {
        Matcher collection = COLLECTION.matcher(path);
        return (METHODS.contains(method) ? method : "OTHER")
                + ' '
                + (collection.matches() ? collection.group(1) : "elsewhere");
    }
}
