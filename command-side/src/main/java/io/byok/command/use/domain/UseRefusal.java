package io.byok.command.use.domain;

import io.byok.kernel.Refusal;

/** Why no secret is handed out. */
public enum UseRefusal implements Refusal {
    NO_USABLE_KEY;

    @Override
    public Terms terms() {
        return new Terms(
                "no-usable-key",
                Kind.NOT_FOUND,
                "The user has no key that may serve.",
                "Ask with ?dryRun=true which keys were considered and why each was passed over.");
    }
}
