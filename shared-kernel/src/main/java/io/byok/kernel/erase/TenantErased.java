package io.byok.kernel.erase;

import io.byok.kernel.Refusal;

/** What everything answers that would add to the history of a tenant that is erased, or is just being erased. */
public enum TenantErased implements Refusal {
    TENANT_ERASED;

    /** What the database says to such a statement: its SQLSTATE. */
    public static final String STATE = "BY411";

    @Override
    public Terms terms() {
        return new Terms(
                "tenant-erased",
                Kind.GONE,
                "The tenant is erased, or is just being erased.",
                "Nothing brings it back. Its erasure is at GET /v1/tenant-erasures.");
    }
}
