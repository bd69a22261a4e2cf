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

    private final String code;
    private final Kind kind;
    private final String title;
    private final String advice;

    ValidationRefusal(String code, Kind kind, String title, String advice) {
        this.code = code;
        this.kind = kind;
        this.title = title;
        this.advice = advice;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String advice() {
        return advice;
    }
}
