package io.byok.command.provider;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One field of a provider's credential, as a form shows it.
 *
 * @param secret false for what the provider itself treats as an identifier; such a field may stand in addresses
 * @param format what its text may consist of; a gate
 * @param hintPattern what it usually looks like, a regular expression that Java and browsers both read; only a hint,
 *     because providers change their formats without notice
 * @param prefixes known beginnings, which tell nothing secret and may be shown
 * @param maxLength in characters, at most {@value #LONGEST}
 */
public record CredentialField(
        String name,
        String label,
        boolean secret,
        FieldFormat format,
        @Nullable String hintPattern,
        @Nullable String placeholder,
        @Nullable String help,
        List<String> prefixes,
        @Nullable Integer maxLength) {

    /** No field of any credential is longer. */
    public static final int LONGEST = 10_000;

    private static final Pattern PREFIX = Pattern.compile("[\\x21-\\x7e]{1,14}");

    public CredentialField {
        name = Given.word("name", name);
        label = Given.text("label", label);
        format = format == null ? FieldFormat.TEXT : format;
        if (hintPattern != null) {
            Given.pattern("hintPattern", hintPattern);
        }
        help = Given.link("help", help);
        prefixes = Given.distinct("prefixes", prefixes);
        for (String prefix : prefixes) {
            Given.require(PREFIX.matcher(prefix).matches(), "prefix \"%s\" is not 1 to 14 visible characters", prefix);
        }
        maxLength = maxLength == null ? LONGEST : maxLength;
        Given.require(maxLength >= 1 && maxLength <= LONGEST, "maxLength is not between 1 and %d", LONGEST);
        Given.require(!secret || format == FieldFormat.TEXT || format == FieldFormat.PEM, "an address is no secret");
    }

    public int longest() {
        return maxLength == null ? LONGEST : maxLength;
    }
}
