package io.byok.kernel;

import java.util.Optional;
import java.util.UUID;

/** Names a chain: the order in which an end user's keys for a provider serve. */
public record ChainId(UUID value) implements Id {

    public static final String PREFIX = "chn";

    /** Empty unless the text is the canonical form of such an id. */
    public static Optional<ChainId> parse(String text) {
        return Base32Id.parse(PREFIX, text).map(ChainId::new);
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
