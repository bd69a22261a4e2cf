package io.byok.platform.web.page;

import io.byok.kernel.TenantId;

/** Authenticates cursors. The same on every node, and different for every tenant. */
@FunctionalInterface
public interface CursorKey {

    /** A keyed hash of at least 16 bytes, such as HMAC-SHA256. */
    byte[] sign(TenantId tenant, byte[] content);
}
