package io.byok.query.replay;

import io.byok.kernel.Base32Id;
import io.byok.kernel.Id;
import java.util.Optional;
import java.util.UUID;

/** Names a replay. */
record ReplayId(UUID value) implements Id {

    static final String PREFIX = "rpl";

    /** Empty unless the text is the canonical form of such an id. */
    static Optional<ReplayId> parse(String text) {
        return Base32Id.parse(PREFIX, text).map(ReplayId::new);
    }

    @Override
    public String prefix() {
        return PREFIX;
    }
}
