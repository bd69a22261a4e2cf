package io.byok.kernel;

import java.util.Optional;
import java.util.UUID;

/** Names a tenant's retention. There is one per tenant, so the one id follows from the other. */
public record RetentionId(UUID value) implements Id {

    public static final String PREFIX = "rtn";

    /** Turns one value into the other: streams of different kinds never have the same. Leaves the UUID a UUIDv7. */
    private static final long OTHER = 0x0b71_4ce6_25d8_93a4L;

    public static RetentionId of(TenantId tenant) {
        return new RetentionId(
                new UUID(tenant.value().getMostSignificantBits(), tenant.value().getLeastSignificantBits() ^ OTHER));
    }

    /** Empty unless the text is the canonical form of such an id. */
    public static Optional<RetentionId> parse(String text) {
        return Base32Id.parse(PREFIX, text).map(RetentionId::new);
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
