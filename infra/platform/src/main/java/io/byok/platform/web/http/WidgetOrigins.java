package io.byok.platform.web.http;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The pages on which widgets may be: origins as browsers write them (RFC 6454), compared letter by letter. There are no
 * patterns, and {@code null}, the origin of files and sandboxes, is none.
 */
record WidgetOrigins(Set<String> origins) {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    /** @param text origins with commas between, or nothing @throws IllegalArgumentException for what is no origin */
    static WidgetOrigins of(String text) {
        return new WidgetOrigins(Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .map(WidgetOrigins::checked)
                .collect(Collectors.toUnmodifiableSet()));
    }

    boolean contains(String origin) {
        return origins.contains(origin);
    }

    private static String checked(String origin) {
        if (!isOrigin(origin)) {
            throw new IllegalArgumentException("byok.widget.origins: " + origin
                    + " is no origin such as https://app.example.com, in lower case, without a default port or a path");
        }
        return origin;
    }

    private static boolean isOrigin(String text) {
        try {
            URI uri = URI.create(text);
            String scheme = uri.getScheme();
            String host = uri.getHost();
            if (scheme == null || host == null || !host.equals(host.toLowerCase(Locale.ROOT))) {
                return false;
            }
            int usual = scheme.equals("https") ? 443 : 80;
            String exact = scheme + "://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
            // In clear text, anybody on the way would be the page.
            boolean safe = scheme.equals("https") || scheme.equals("http") && THIS_MACHINE.contains(host);
            return safe && uri.getPort() != usual && exact.equals(text);
        } catch (IllegalArgumentException no) {
            return false;
        }
    }
}
