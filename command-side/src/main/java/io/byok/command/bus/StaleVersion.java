package io.byok.command.bus;

import io.byok.kernel.Refusal;

/** The caller saw another version than the one there is. */
public enum StaleVersion implements Refusal {
    STALE;

    @Override
    public Terms terms() {
        return new Terms(
                "version-stale",
                Kind.STALE,
                "The thing has changed since you read it.",
                "Read it again, decide again, and send the new ETag in If-Match.");
    }
}
