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
            "A tenant cannot suspend itself: nobody could resume it with the same token.");

    private final String code;
    private final Kind kind;
    private final String title;
    private final String advice;

    TenantRefusal(String code, Kind kind, String title, String advice) {
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
