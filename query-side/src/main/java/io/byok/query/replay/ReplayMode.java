package io.byok.query.replay;

import java.util.Locale;

/** What a replay is for. */
enum ReplayMode {
    /** Prove that the live read models say what history says. */
    VERIFY,
    /** Put what history says in their place. */
    REBUILD;

    /** @throws IllegalArgumentException for a word that none has */
    static ReplayMode of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
