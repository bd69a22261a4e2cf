package io.byok.command.provider;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A host that keys may be sent to. A label of {@code *} stands for exactly one label, so {@code *.openai.azure.com}
 * takes {@code mine.openai.azure.com} and neither {@code openai.azure.com} nor {@code a.b.openai.azure.com}. The last
 * two labels are never a star.
 */
public record HostPattern(@JsonValue String text) {

    private static final Pattern SHAPE =
            Pattern.compile("((\\*|[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)\\.)*([a-z0-9][a-z0-9-]*\\.)[a-z0-9][a-z0-9-]*");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public HostPattern {
        Given.require(SHAPE.matcher(text).matches(), "\"%s\" is not a host", text);
        Given.require(!text.matches(".*\\.[0-9]+"), "\"%s\" is an address and not a host", text);
    }

    /** Case is ignored, as in DNS; a trailing dot, a port or an address never match. */
    public boolean matches(String host) {
        String[] wanted = text.split("\\.", -1);
        String[] given = host.toLowerCase(Locale.ROOT).split("\\.", -1);
        if (wanted.length != given.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            boolean same = wanted[i].equals("*") ? FieldFormat.isHostLabel(given[i]) : wanted[i].equals(given[i]);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return text;
    }
}
