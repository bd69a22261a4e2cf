package io.byok.command.provider;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An https address or a header's value with places for a credential's public fields, in the two simplest forms of RFC
 * 6570: <code>{name}</code> is percent-encoded, <code>{+name}</code> at the very start stands for a whole endpoint.
 * A provider refuses to load with a secret field in one, so a secret never stands in an address.
 */
public record UrlTemplate(@JsonValue String text) {

    private static final Pattern PLACE = Pattern.compile("\\{(\\+?)([A-Za-z][A-Za-z0-9]*)}");
    private static final Pattern STRAY = Pattern.compile("[{}\\s\\p{Cntrl}]");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public UrlTemplate {
        Given.require(!STRAY.matcher(PLACE.matcher(text).replaceAll("")).find(), "\"%s\" is not a template", text);
        Given.require(text.lastIndexOf("{+") <= 0, "{+...} stands for a whole endpoint and belongs at the start");
    }

    /** The fields it needs, sorted. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        PLACE.matcher(text).results().map(place -> place.group(2)).forEach(names::add);
        return names;
    }

    /** The field that gives the whole endpoint, where one does. */
    Optional<String> endpoint() {
        return PLACE.matcher(text)
                .results()
                .filter(place -> !place.group(1).isEmpty())
                .map(place -> place.group(2))
                .findFirst();
    }

    /** The fields that stand in its host. */
    Set<String> namesInHost() {
        int start = text.indexOf("://");
        int end = start < 0 ? -1 : text.indexOf('/', start + 3);
        return start < 0 ? Set.of() : new UrlTemplate(end < 0 ? text : text.substring(0, end)).names();
    }

    /**
     * The text with the values in place.
     *
     * @param values of every field in {@link #names()}, checked by {@link Provider#check} before
     */
    public String expand(Function<String, String> values) {
        return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(value(place, values)));
    }

    /** The same as an address. */
    public URI address(Function<String, String> values) {
        return URI.create(expand(values));
    }

    private static String value(MatchResult place, Function<String, String> values) {
        String value = values.apply(place.group(2));
        return place.group(1).isEmpty() ? encoded(value) : value.replaceFirst("/$", "");
    }

    private static String encoded(String value) {
        StringBuilder text = new StringBuilder(value.length());
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            boolean letter = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
            boolean unreserved = letter || (b >= '0' && b <= '9') || "-._~".indexOf(b) >= 0;
            if (unreserved) {
                text.append((char) b);
            } else {
                text.append('%').append("%02X".formatted(b & 0xff));
            }
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
