package io.byok.command.tenant.domain;

import io.byok.kernel.Refusal;

/** Why a command on a tenant is refused. */
public enum TenantRefusal implements Refusal {
    NAME_TAKEN("tenant-name-taken", Kind.CONFLICT, "A tenant has this name.", "Choose another name."),
    NOT_FOUND("tenant-not-found", Kind.NOT_FOUND, "There is no such tenant.", "GET /v1/tenants lists them."),
    OWN(
            "tenant-own",
            Kind.CONFLICT,
            "This is the tenant of the token itself.",
            "A tenant can neither suspend nor erase itself: use a token of another tenant.");

    private final Terms terms;

    TenantRefusal(String code, Kind kind, String title, String advice) {
        terms = new Terms(code, kind, title, advice);
    }

    @Override
    public Terms terms() {
        return terms;
    }
}
