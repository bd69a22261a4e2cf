package io.byok.command.provider;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What a catalogue record demands of what a file gave it. Every refusal is an {@link IllegalArgumentException} with one
 * line for the author of the file; the reader adds file and place.
 */
final class Given {

    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,39}");

    private Given() {}

    static String text(String name, @Nullable String value) {
        require(value != null && !value.isBlank(), "%s is missing", name);
        return value == null ? "" : value;
    }

    /** A name that programs use: letters and digits, 40 at most. */
    static String word(String name, @Nullable String value) {
        String text = text(name, value);
        require(WORD.matcher(text).matches(), "%s \"%s\" is not a plain word", name, text);
        return text;
    }

    static <T> T present(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    /** Absent is empty; twice the same is refused. */
    static <T> List<T> distinct(String name, @Nullable List<T> values) {
        List<T> list = list(values);
        require(new LinkedHashSet<>(list).size() == list.size(), "%s names something twice", name);
        return list;
    }

    static <T> List<T> list(@Nullable List<T> values) {
        return values == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(values));
    }

    /** In the order of the file. */
    static <K, V> Map<K, V> map(@Nullable Map<K, V> values) {
        return values == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    static @Nullable String link(String name, @Nullable String value) {
        if (value != null) {
            require(
                    value.startsWith("https://") && URI.create(value).getHost() != null,
                    "%s is not an https link",
                    name);
        }
        return value;
    }

    static Pattern pattern(String name, @Nullable String value) {
        try {
            return Pattern.compile(text(name, value));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "%s is not a regular expression: %s".formatted(name, e.getDescription()), e);
        }
    }

    static void require(boolean holds, String message, Object... arguments) {
        if (!holds) {
            throw new IllegalArgumentException(message.formatted(arguments));
        }
    }
}
