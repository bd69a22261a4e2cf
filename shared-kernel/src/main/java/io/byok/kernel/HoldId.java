package io.byok.kernel;

import java.util.Optional;
import java.util.UUID;

/** Names a legal hold. */
public record HoldId(UUID value) implements Id {

    public static final String PREFIX = "hld";

    /** Empty unless the text is the canonical form of such an id. */
    public static Optional<HoldId> parse(String text) {
        return Base32Id.parse(PREFIX, text).map(HoldId::new);
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
