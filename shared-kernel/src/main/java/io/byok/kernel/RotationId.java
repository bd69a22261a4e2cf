package io.byok.kernel;

import java.util.Optional;
import java.util.UUID;

/** Names a rotation of keys. */
public record RotationId(UUID value) implements Id {

    public static final String PREFIX = "rot";

    /** Empty unless the text is the canonical form of such an id. */
    public static Optional<RotationId> parse(String text) {
        return Base32Id.parse(PREFIX, text).map(RotationId::new);
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
