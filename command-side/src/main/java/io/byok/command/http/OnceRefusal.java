package io.byok.command.http;

import io.byok.kernel.Refusal;

/** Why a repeated request is refused. */
public enum OnceRefusal implements Refusal {
    REUSED;

    @Override
    public String code() {
        return "idempotency-key-reused";
    }

    @Override
    public Kind kind() {
        return Kind.INVALID;
    }

    @Override
    public String title() {
        return "The Idempotency-Key was used for another request.";
    }

    @Override
    public String advice() {
        return "Send the very same body again, or make a new key for a new request.";
    }
}
