package io.byok.kernel;

import java.util.Optional;
import java.util.UUID;

/** Names the erasure of an end user. An end user is erased once, so the one id follows from the other. */
public record ErasureId(UUID value) implements Id {

    public static final String PREFIX = "era";

    /** Turns one value into the other: streams of different kinds never have the same. Leaves the UUID a UUIDv7. */
    private static final long OTHER = 0x1ec8_7a35_90b4_d26fL;

    /** The one erasure of an end user. */
    public static ErasureId of(SubjectId subject) {
        return new ErasureId(turned(subject.value()));
    }

    /** Empty unless the text is the canonical form of such an id. */
    public static Optional<ErasureId> parse(String text) {
        return Base32Id.parse(PREFIX, text).map(ErasureId::new);
    }

    /** Who is erased. */
    public SubjectId subject() {
        return new SubjectId(turned(value));
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
