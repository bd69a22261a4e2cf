package io.byok.command.erase.domain;

import io.byok.kernel.Refusal;

/** Why the erasure of a tenant is not begun or not shown. */
public enum TenantErasureRefusal implements Refusal {
    NO_TENANT("tenant-not-found", Kind.NOT_FOUND, "There is no such tenant.", "GET /v1/tenants lists them."),
    NOT_FOUND(
            "tenant-erasure-not-found",
            Kind.NOT_FOUND,
            "No such tenant was erased.",
            "GET /v1/tenant-erasures lists the erasures."),
    OWN(
            "tenant-own",
            Kind.CONFLICT,
            "This is the tenant of the token itself.",
            "A tenant can neither suspend nor erase itself: use a token of another tenant."),
    NOT_SUSPENDED(
            "tenant-not-suspended",
            Kind.CONFLICT,
            "Only a suspended tenant is erased.",
            "POST /v1/tenants/{tenantId}/suspend first, and see that nobody misses it."),
    LEGAL_HOLD(
            "tenant-legal-hold",
            Kind.CONFLICT,
            "A legal hold forbids erasing this tenant.",
            "It must be lifted inside the tenant, by two; for that the tenant is resumed."),
    OPERATES(
            "tenant-operates",
            Kind.CONFLICT,
            "The tenant operates something that is not over.",
            "Wait for the rotations and erasures of tenants that its tokens have begun."),
    NOT_OVER(
            "tenant-erasure-not-over",
            Kind.CONFLICT,
            "The erasure is not over, so there is no certificate yet.",
            "Ask again; GET /v1/tenant-erasures/{id} names the stores that it waits for.");

    private final Terms terms;

    TenantErasureRefusal(String code, Kind kind, String title, String advice) {
        terms = new Terms(code, kind, title, advice);
    }

    @Override
    public Terms terms() {
        return terms;
    }
}
