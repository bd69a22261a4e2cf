package io.byok.standalone;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL is, read from either form that people have at hand: {@code postgresql://user:pass@host:port/db?...}
 * (also {@code postgres://}) or {@code jdbc:postgresql://host:port/db?user=...&password=...}.
 *
 * @param jdbcUrl without user and password
 */
record DatabaseAddress(
        String jdbcUrl, @Nullable String username, @Nullable String password) {

    private static final int DEFAULT_PORT = 5432;

    /** @throws StartFailure if it is neither form; the text is not repeated, because it may hold a password */
    static DatabaseAddress parse(String text) {
        String plain = text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text;
        URI uri;
        try {
            uri = new URI(plain);
        } catch (URISyntaxException e) {
            throw malformed();
        }
        boolean known = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
        if (!known
                || uri.getHost() == null
                || uri.getRawPath() == null
                || uri.getRawPath().length() < 2) {
            throw malformed();
        }
        String username = null;
        String password = null;
        if (uri.getRawUserInfo() != null) {
            String[] parts = uri.getRawUserInfo().split(":", 2);
            username = decoded(parts[0].replace("+", "%2B"));
            password = parts.length == 2 ? decoded(parts[1].replace("+", "%2B")) : null;
        }
        List<String> kept = new ArrayList<>();
        for (String parameter :
                uri.getRawQuery() == null ? new String[0] : uri.getRawQuery().split("&")) {
            if (parameter.startsWith("user=")) {
                username = decoded(parameter.substring("user=".length()));
            } else if (parameter.startsWith("password=")) {
                password = decoded(parameter.substring("password=".length()));
            } else {
                kept.add(parameter);
            }
        }
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        String query = kept.isEmpty() ? "" : "?" + String.join("&", kept);
        String url = "jdbc:postgresql://" + uri.getHost() + ":" + port + uri.getRawPath() + query;
        return new DatabaseAddress(url, username, password);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    private static StartFailure malformed() {
        return new StartFailure("DATABASE_URL is not of the form postgresql://user:password@host:port/database"
                + " (special characters in the password must be percent-encoded)");
    }

    /** Never the password. */
    @Override
    public String toString() {
        return jdbcUrl;
    }
}
