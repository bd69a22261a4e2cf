package io.byok.platform.web;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a caller says about the state a command is meant for (RFC 9110 {@code If-Match}).
 *
 * @param version the one version it is meant for, 0 or more; empty for {@code *}, any that exists
 */
public record ExpectedVersion(OptionalLong version) {

    private static final int MOST_DIGITS = 18;

    /** Empty unless the header is {@code *} or one strong entity tag {@code "<n>"} in its canonical form. */
    public static Optional<ExpectedVersion> parse(String header) {
        if (header.equals("*")) {
            return Optional.of(new ExpectedVersion(OptionalLong.empty()));
        }
        if (header.length() < 3 || !header.startsWith("\"") || !header.endsWith("\"")) {
            return Optional.empty();
        }
        String digits = header.substring(1, header.length() - 1);
        boolean canonical = digits.length() <= MOST_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && (digits.length() == 1 || digits.charAt(0) != '0');
        return canonical ? Optional.of(new ExpectedVersion(OptionalLong.of(Long.parseLong(digits)))) : Optional.empty();
    }

    /** The entity tag of a version, as it goes into {@code ETag}. */
    public static String etag(long version) {
        return "\"" + version + "\"";
    }

    /** Whether a command meant for this may meet that version. */
    public boolean admits(long actual) {
        return version.isEmpty() || version.getAsLong() == actual;
    }
}
