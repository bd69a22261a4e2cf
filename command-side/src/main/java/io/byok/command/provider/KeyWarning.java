package io.byok.command.provider;

/**
 * A shape that belongs to the provider and is not what should be stored: an admin key, a publishable key, an expiring
 * one.
 *
 * @param code a stable word such as {@code admin-key}
 * @param pattern matches the whole text
 * @param message one sentence for the one who pastes
 * @param refused whether a credential with it is not taken, because it can never do what it is stored for
 */
public record KeyWarning(String code, String pattern, String message, boolean refused) {

    public KeyWarning {
        code = Given.text("code", code);
        Given.require(code.matches("[a-z]+(-[a-z]+)*"), "code \"%s\" is not a word in lower case", code);
        Given.pattern("pattern", pattern);
        message = Given.text("message", message);
    }

    boolean matches(CharSequence text) {
        return new Shape(pattern).matches(text);
    }
}
