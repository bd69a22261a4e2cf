package io.byok.platform.access;

import org.jspecify.annotations.Nullable;

/** What became of a credential that somebody presented. */
public sealed interface Recognised {

    /** It opens something, as far as can be said without knowing for what it is used. */
    record Opens(VerifiedToken token) implements Recognised {}

    /** It is known whose it is, and it opens nothing any more. */
    record Over(VerifiedToken token, Why why) implements Recognised {}

    /** Nobody's. */
    record Unknown() implements Recognised {}

    /** Why a known credential opens nothing. The words are stored. */
    enum Why {
        REVOKED("revoked"),
        EXPIRED("expired");

        private final String word;

        Why(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** The token when it opens something. */
    default @Nullable VerifiedToken opening() {
        return this instanceof Opens opens ? opens.token() : null;
    }
}
