package io.byok.command.provider;

import io.byok.command.provider.Detector.Confidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which provider a pasted text most likely belongs to. Shapes are hints: no candidate means nothing, and the text is
 * looked at through what people paste along (white space, quotes, {@code NAME=}, {@code Bearer}). Copies nothing.
 */
public final class Detection {

    private static final String QUOTES = "\"'`\u201c\u201d\u2018\u2019";
    /** A name and {@code =} or {@code :}, of a shell, a file of settings, JSON or a header; but not what only ends so. */
    private static final String NAME = "(?:(?:export |set |-H )\\s*)?[" + QUOTES + "]?[A-Za-z_][A-Za-z0-9_-]{0,63}["
            + QUOTES + "]?\\s*[=:]\\s*(?=[^=\\s])";

    private static final Pattern WRAPPED =
            Pattern.compile("(?:" + NAME + ")?[" + QUOTES + "]?(?:(?i:Bearer|Token|Basic) +)?");
    private static final String AFTER = QUOTES + ";,";

    private final List<Provider> providers;

    Detection(List<Provider> providers) {
        this.providers = List.copyOf(providers);
    }

    /** One provider whose shape the text has. */
    public record Candidate(String provider, String field, Confidence confidence) {}

    /**
     * What the one who pastes should know.
     *
     * @param provider whose key it is, absent when it concerns the text itself
     */
    public record Warning(@Nullable String provider, String code, String message) {}

    /**
     * What a paste looks like.
     *
     * @param candidates the surest first, then in the order of the catalogue
     */
    public record Detected(List<Candidate> candidates, List<Warning> warnings) {}

    /**
     * Which providers the text may belong to, and what is odd about it.
     *
     * @param pasted up to 10,000 characters are looked at; a longer text has no candidate
     */
    public Detected detect(CharSequence pasted) {
        if (pasted.length() > CredentialField.LONGEST) {
            return new Detected(List.of(), List.of(new Warning(null, "too-long", "This is too long for a key.")));
        }
        List<Warning> warnings = new ArrayList<>();
        CharSequence text = unwrapped(pasted, warnings);
        List<Candidate> candidates = new ArrayList<>();
        for (Provider provider : providers) {
            provider.detect().stream()
                    .filter(detector -> detector.matches(text))
                    .min(Comparator.comparing(Detector::confidence))
                    .ifPresent(d -> candidates.add(new Candidate(provider.id(), d.field(), d.confidence())));
            provider.warn().stream()
                    .filter(warning -> warning.matches(text))
                    .forEach(w -> warnings.add(new Warning(provider.id(), w.code(), w.message())));
        }
        candidates.sort(Comparator.comparing(Candidate::confidence)); // stable: the catalogue's order stays
        return new Detected(List.copyOf(candidates), List.copyOf(warnings));
    }

    private static CharSequence unwrapped(CharSequence pasted, List<Warning> warnings) {
        CharSequence text = stripped(pasted);
        if (text.length() < pasted.length()) {
            warnings.add(new Warning(null, "white-space", "There is white space around the key."));
        }
        Matcher wrapping = WRAPPED.matcher(text);
        if (wrapping.lookingAt() && wrapping.end() > 0) {
            boolean quotes = wrapping.end() == 1;
            warnings.add(
                    quotes
                            ? new Warning(null, "quotes", "There are quotes around the key.")
                            : new Warning(null, "wrong-form", "Paste the key alone, without a name or Bearer."));
            text = text.subSequence(wrapping.end(), text.length());
        }
        int end = text.length();
        while (end > 0 && AFTER.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        text = text.subSequence(0, end);
        if (text.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
            warnings.add(new Warning(null, "odd-characters", "There are characters inside that no key has."));
        }
        return text;
    }

    private static CharSequence stripped(CharSequence text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.subSequence(start, end);
    }

    /** White space, and the invisible characters that copying from web pages brings along. */
    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u200b' || c == '\ufeff';
    }
}
