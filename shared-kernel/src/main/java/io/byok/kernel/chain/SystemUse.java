package io.byok.kernel.chain;

import java.util.Arrays;

/** Whether a key that the platform pays for may serve in place of an end user's. The words are stored. */
public enum SystemUse {
    /** Never. What holds where nobody said anything. */
    NEVER("never"),
    /** Only in place of a key of the user's that failed in a way that passes. */
    ON_TRANSIENT("on-transient"),
    /** Also for a user who has no key that serves. */
    ALWAYS("always");

    private final String word;

    SystemUse(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** @throws IllegalArgumentException for a word that was never given out */
    public static SystemUse of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no use of system keys is called " + word));
    }
}
