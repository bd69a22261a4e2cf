package io.byok.command.provider;

import io.byok.kernel.Refusal;

/** Why a question about providers is refused. */
public enum ProviderRefusal implements Refusal {
    UNKNOWN(
            "provider-unknown",
            Kind.NOT_FOUND,
            "This provider is not known.",
            "GET /v1/providers lists the known ones.");

    private final String code;
    private final Kind kind;
    private final String title;
    private final String advice;

    ProviderRefusal(String code, Kind kind, String title, String advice) {
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
