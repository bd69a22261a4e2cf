package io.byok.command.use.domain;

import io.byok.kernel.Refusal;

/** Why no secret is handed out. */
public enum UseRefusal implements Refusal {
    NO_USABLE_KEY;

    @Override
    public String code() {
        return "no-usable-key";
    }

    @Override
    public Kind kind() {
        return Kind.NOT_FOUND;
    }

    @Override
    public String title() {
        return "The user has no key that may serve.";
    }

    @Override
    public String advice() {
        return "Ask with ?dryRun=true which keys were considered and why each was passed over.";
    }
}
