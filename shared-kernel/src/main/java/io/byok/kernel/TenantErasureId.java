package io.byok.kernel;

import java.util.Optional;
import java.util.UUID;

/** Names the erasure of a tenant. A tenant is erased once, so the one id follows from the other. */
public record TenantErasureId(UUID value) implements Id {

    public static final String PREFIX = "ter";

    /** Turns one value into the other: streams of different kinds never have the same. Leaves the UUID a UUIDv7. */
    private static final long OTHER = 0x2f93_51c8_7be0_46d5L;

    /** The one erasure of a tenant. */
    public static TenantErasureId of(TenantId tenant) {
        return new TenantErasureId(turned(tenant.value()));
    }

    /** Empty unless the text is the canonical form of such an id. */
    public static Optional<TenantErasureId> parse(String text) {
        return Base32Id.parse(PREFIX, text).map(TenantErasureId::new);
    }

    /** Which tenant is erased. */
    public TenantId tenant() {
        return new TenantId(turned(value));
    }

    private static UUID turned(UUID value) {
        return new UUID(value.getMostSignificantBits(), value.getLeastSignificantBits() ^ OTHER);
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
