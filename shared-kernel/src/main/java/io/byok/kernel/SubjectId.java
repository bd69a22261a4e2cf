package io.byok.kernel;

import java.util.Optional;
import java.util.UUID;

/** Names an end user of a tenant; random, so that nothing leads from it to a person once the mapping is destroyed. */
public record SubjectId(UUID value) implements Id {

    public static final String PREFIX = "sub";

    /** Empty unless the text is the canonical form of such an id. */
    public static Optional<SubjectId> parse(String text) {
        return Base32Id.parse(PREFIX, text).map(SubjectId::new);
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
