package io.byok.query.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who could use a key in a stretch of time, and who did; who could change it, and who did.
 *
 * @param could who, at some moment of it, had a credential that could have been given the key
 * @param did who was given it
 * @param couldChange who, at some moment of it, had a credential that could change, replace or validate the key
 * @param changed who did
 * @param notKnown what this answer cannot say, a sentence each
 */
public record ReachView(
        String keyId,
        @Nullable Instant from,
        @Nullable Instant to,
        List<Could> could,
        List<Did> did,
        List<Could> couldChange,
        List<Changed> changed,
        List<String> notKnown) {

    static final String API_TOKEN = "api-token";
    static final String WIDGET_TOKEN = "widget-token";
    static final String PERSON = "person";
    static final String SYSTEM = "system";

    /**
     * A credential of the tenant's, or a person an issuer vouches for.
     *
     * @param kind {@code api-token}, {@code widget-token} or {@code person}
     * @param actor as it stands in the trail
     * @param tokenId the same, for a token; absent for a person
     * @param parent the token that made it, for a widget token
     * @param since from when on; for a person the first time of the stretch at which they were seen to do such a thing
     * @param until when it ended, by expiry or revocation; absent while it is valid; for a person the last time at which
     *     they were seen to do it
     */
    public record Could(
            String kind,
            String actor,
            @Nullable String tokenId,
            @Nullable String name,
            @Nullable String parent,
            Instant since,
            @Nullable Instant until) {}

    /** An actor. @param kind as above, or {@code system} */
    public record Did(String actor, String kind, long uses, Instant first, Instant last, List<String> purposes) {}

    /** An actor. @param actions what they did, such as {@code key-rotated} */
    public record Changed(String actor, String kind, List<String> actions, long times, Instant first, Instant last) {}
}
