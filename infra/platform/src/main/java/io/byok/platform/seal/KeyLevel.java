package io.byok.platform.seal;

import java.util.Arrays;
import java.util.Optional;

/** Which keys a rotation renews. The words are stored and part of the API. */
public enum KeyLevel {
    /** L0: a new version of the root; tenants' keys are wrapped again. */
    ROOT("root"),
    /** L1: new tenants' keys; data keys are wrapped again. */
    TENANT("tenant"),
    /** L2: new data keys; stored credentials are sealed again, events stay as they are. */
    DATA("data");

    private final String word;

    KeyLevel(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** Empty for a word that names no level. */
    public static Optional<KeyLevel> of(String word) {
        return Arrays.stream(values()).filter(level -> level.word.equals(word)).findFirst();
    }
}
