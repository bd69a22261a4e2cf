package io.byok.kernel;

import java.util.Optional;
import java.util.UUID;

/** Names one use of a secret. */
public record UseId(UUID value) implements Id {

    public static final String PREFIX = "use";

    /** Empty unless the text is the canonical form of such an id. */
    public static Optional<UseId> parse(String text) {
        return Base32Id.parse(PREFIX, text).map(UseId::new);
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
