package io.byok.command.provider;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How a pasted text is recognised.
 *
 * @param pattern matches the whole text; Java and browsers both read it
 * @param field what the text then is
 * @param confidence how far the shape alone can be trusted
 */
public record Detector(String pattern, String field, Confidence confidence) {

    /** From the surest down. */
    public enum Confidence {
        /** A prefix that only this provider uses. */
        @JsonProperty("certain")
        CERTAIN,
        /** A shape that others seldom use. */
        @JsonProperty("likely")
        LIKELY,
        /** A shape without any mark, such as 32 hexadecimal digits. */
        @JsonProperty("possible")
        POSSIBLE
    }

    public Detector {
        Given.pattern("pattern", pattern);
        field = Given.word("field", field);
        confidence = Given.present("confidence", confidence);
    }

    boolean matches(CharSequence text) {
        return new Shape(pattern).matches(text);
    }
}
