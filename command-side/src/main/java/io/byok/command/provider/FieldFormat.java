package io.byok.command.provider;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a field's text may consist of. This is a gate, unlike a hint pattern: it keeps line breaks out of headers and
 * decides where a key can be sent.
 */
public enum FieldFormat {
    /** One line of printable ASCII. */
    TEXT,
    /** A PEM block: printable ASCII and line breaks. */
    PEM,
    /** One label of a host name (RFC 1123): letters, digits, inner hyphens, 63 at most. */
    HOST_LABEL,
    /** An https address without user, port, path, query or fragment, on a host that the provider's entry allows. */
    ENDPOINT;

    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    static boolean isHostLabel(CharSequence text) {
        return LABEL.matcher(text).matches();
    }

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
