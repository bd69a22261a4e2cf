package io.byok.kernel;

import java.util.Optional;
import java.util.UUID;

/** Names a tenant. */
public record TenantId(UUID value) implements Id {

    public static final String PREFIX = "ten";

    /** Empty unless the text is the canonical form of such an id. */
    public static Optional<TenantId> parse(String text) {
        return Base32Id.parse(PREFIX, text).map(TenantId::new);
    }

    @Override
    public String prefix() {
        return PREFIX;
    }

    @Override
    public String toString() {
        return text();
    }
}
