package io.byok.command.bus;

import io.byok.kernel.Refusal;

/** The caller saw another version than the one there is. */
public enum StaleVersion implements Refusal {
    STALE;

    @Override
    public String code() {
        return "version-stale";
    }

    @Override
    public Kind kind() {
        return Kind.STALE;
    }

    @Override
    public String title() {
        return "The thing has changed since you read it.";
    }

    @Override
    public String advice() {
        return "Read it again, decide again, and send the new ETag in If-Match.";
    }
}
