package io.byok.kernel.chain;

import java.util.Arrays;
import java.util.Optional;

/** Why a key did not do what it was fetched for, as the application that used it tells. The words are stored. */
public enum Failure {
    /** The provider wants fewer calls (429). */
    RATE_LIMITED("rate-limited", true),
    /** The provider does not work now (5xx, refused connections). */
    UNAVAILABLE("unavailable", true),
    /** No answer in time. */
    TIMEOUT("timeout", true),
    /** The provider refuses the key (401). */
    INVALID("invalid", false),
    /** The account has no credit or quota left (402). */
    NO_QUOTA("no-quota", false),
    /** The provider knows the key and refuses the call (403). */
    FORBIDDEN("forbidden", false),
    /** Nobody said why. */
    OTHER("other", false);

    private final String word;
    private final boolean passing;

    Failure(String word, boolean passing) {
        this.word = word;
        this.passing = passing;
    }

    public String word() {
        return word;
    }

    /** Whether waiting may mend it: it says something about the moment, not about the key. */
    public boolean isPassing() {
        return passing;
    }

    /** Empty for a word that was never given out. */
    public static Optional<Failure> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
    }
}
