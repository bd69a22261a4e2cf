package io.byok.command.validation;

import io.byok.kernel.Refusal;

/** Why a key is not asked about. */
public enum ValidationRefusal implements Refusal {
    KEY_ENDED(
            "key-not-testable",
            Kind.CONFLICT,
            "The key is revoked, deleted or erased; its provider is not asked about it any more.",
            "Add the credential as a new key."),
    PROVIDER_GONE(
            "provider-not-described",
            Kind.CONFLICT,
            "The catalogue no longer describes the key's provider, or not with these fields.",
            "Bring its file back into byok.providers.dir."),
    OFF(
            "validation-off",
            Kind.CONFLICT,
            "This server does not ask providers.",
            "Have the operator set BYOK_ENABLE_VALIDATION=true, or send validate=never.");

    private final Terms terms;

    ValidationRefusal(String code, Kind kind, String title, String advice) {
        terms = new Terms(code, kind, title, advice);
    }

    @Override
    public Terms terms() {
        return terms;
    }
}
