package io.byok.command.provider;

import io.byok.kernel.Refusal;

/** Why a question about providers is refused. */
public enum ProviderRefusal implements Refusal {
    UNKNOWN(
            "provider-unknown",
            Kind.NOT_FOUND,
            "This provider is not known.",
            "GET /v1/providers lists the known ones.");

    private final Terms terms;

    ProviderRefusal(String code, Kind kind, String title, String advice) {
        terms = new Terms(code, kind, title, advice);
    }

    @Override
    public Terms terms() {
        return terms;
    }
}
