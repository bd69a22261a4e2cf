package io.byok.command.http;

import io.byok.kernel.Refusal;

/** Why a repeated request is refused. */
public enum OnceRefusal implements Refusal {
    REUSED;

    @Override
    public Terms terms() {
        return new Terms(
                "idempotency-key-reused",
                Kind.INVALID,
                "The Idempotency-Key was used for another request.",
                "Send the very same body again, or make a new key for a new request.");
    }
}
