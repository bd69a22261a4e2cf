package io.byok.query.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who could use a key in a stretch of time, and who did.
 *
 * @param could tokens of the tenant that were valid at some moment of it, with the scope that hands out keys
 * @param did actors that used the key in it
 */
public record ReachView(
        String keyId, @Nullable Instant from, @Nullable Instant to, List<Could> could, List<Did> did) {

    /**
     * A token.
     *
     * @param until when it ended, by expiry or revocation; absent while it is valid
     */
    public record Could(
            String tokenId,
            @Nullable String name,
            Instant since,
            @Nullable Instant until) {}

    /** An actor. */
    public record Did(String actor, long uses, Instant first, Instant last, List<String> purposes) {}
}
