package io.byok.query.wall;

/** The database cannot keep requests to their tenant, so none is served. */
public final class WallMissing extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WallMissing() {
        super(
                "the database has no role byok_request that this login may work as, which keeps each request to the rows of"
                        + " its tenant; an administrator does it once: create role byok_request nologin role byok_query"
                        + " (docs/configuration.md, Roles in the database)");
    }
}
