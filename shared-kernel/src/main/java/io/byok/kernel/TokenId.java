package io.byok.kernel;

import java.util.Optional;
import java.util.UUID;

/** Names an API token; not the token itself. */
public record TokenId(UUID value) implements Id {

    public static final String PREFIX = "tok";

    /** Empty unless the text is the canonical form of such an id. */
    public static Optional<TokenId> parse(String text) {
        return Base32Id.parse(PREFIX, text).map(TokenId::new);
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
