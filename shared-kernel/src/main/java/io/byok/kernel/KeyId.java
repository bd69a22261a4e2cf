package io.byok.kernel;

import java.util.Optional;
import java.util.UUID;

/** Names a provider key. */
public record KeyId(UUID value) implements Id {

    public static final String PREFIX = "key";

    /** Empty unless the text is the canonical form of such an id. */
    public static Optional<KeyId> parse(String text) {
        return Base32Id.parse(PREFIX, text).map(KeyId::new);
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
