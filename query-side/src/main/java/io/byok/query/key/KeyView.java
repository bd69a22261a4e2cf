package io.byok.query.key;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider key as it is shown. Never the credential: hint and fingerprint are all there is of it.
 *
 * @param userId absent for a key of the platform's own
 * @param status {@code active}, {@code disabled}, {@code revoked}, {@code deleted}, or {@code expired} for an active one
 *     whose time is over
 * @param version the credential version that serves
 * @param rotateBy when the current version has served for as long as the operator allows; absent for a key that is
 *     revoked or deleted
 * @param etag for {@code If-Match} on the key's commands
 */
public record KeyView(
        String id,
        @Nullable String userId,
        String provider,
        String environment,
        @Nullable String alias,
        @Nullable String description,
        List<String> tags,
        int priority,
        boolean fallback,
        List<String> models,
        String hint,
        String fingerprint,
        String status,
        int version,
        List<Version> versions,
        Health health,
        @Nullable Instant lastUsedAt,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant rotateBy,
        String etag) {

    /**
     * One version of the credential.
     *
     * @param status {@code active}, {@code retiring} while it serves as a fallback, {@code retired} once destroyed
     * @param retiresAt when its overlap ends, absent for the current one
     */
    public record Version(
            int version,
            String status,
            String hint,
            Instant createdAt,
            @Nullable Instant retiresAt) {}

    /** What is known of whether the provider takes the key. */
    public record Health(
            String state,
            @Nullable Integer score,
            @Nullable Instant checkedAt,
            @Nullable String message) {

        static final String UNKNOWN = "unknown";

        static Health unknown() {
            return new Health(UNKNOWN, null, null, null);
        }
    }
}
