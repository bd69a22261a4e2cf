package io.byok.command.key;

import io.byok.command.key.domain.Key;
import io.byok.command.key.domain.Version;
import io.byok.kernel.KeyId;
import io.byok.platform.web.ExpectedVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key as the API shows it; the query side shows the same. Never the credential. */
public record KeyBody(
        KeyId id,
        @Nullable String userId,
        String provider,
        String environment,
        @Nullable String alias,
        @Nullable String description,
        List<String> tags,
        String hint,
        String fingerprint,
        String status,
        int priority,
        boolean fallback,
        List<String> models,
        int version,
        List<VersionBody> versions,
        Health health,
        @Nullable Instant lastUsedAt,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant expiresAt,
        @Nullable Instant rotateBy,
        String etag) {

    /** One version of the credential. */
    public record VersionBody(
            int version,
            String status,
            String hint,
            Instant createdAt,
            @Nullable Instant retiresAt) {}

    /** What is known about whether the provider takes the key. */
    public record Health(
            String state,
            @Nullable Integer score,
            @Nullable Instant checkedAt,
            @Nullable String message) {

        static final Health UNKNOWN = new Health("unknown", null, null, null);
    }

    static KeyBody of(Key.Present key, long version, Duration rotateAfter) {
        Key.Facts facts = key.facts();
        return new KeyBody(
                facts.id(),
                facts.userId(),
                facts.provider(),
                facts.environment(),
                facts.label().alias(),
                facts.label().description(),
                facts.label().tags(),
                facts.hint(),
                facts.fingerprint(),
                status(key),
                facts.policy().priority(),
                facts.policy().fallback(),
                facts.policy().modelPatterns(),
                facts.current().number(),
                facts.versions().reversed().stream().map(KeyBody::version).toList(),
                Health.UNKNOWN,
                null,
                facts.createdAt(),
                facts.updatedAt(),
                facts.policy().expiresAt(),
                rotateBy(key, rotateAfter),
                ExpectedVersion.etag(version));
    }

    /** Absent for a key that nobody can rotate any more. */
    private static @Nullable Instant rotateBy(Key.Present key, Duration rotateAfter) {
        return switch (key) {
            case Key.Active _, Key.Disabled _ -> key.facts().current().since().plus(rotateAfter);
            case Key.Revoked _, Key.Deleted _ -> null;
        };
    }

    private static String status(Key.Present key) {
        return switch (key) {
            case Key.Active _ -> "active";
            case Key.Disabled _ -> "disabled";
            case Key.Revoked _ -> "revoked";
            case Key.Deleted _ -> "deleted";
        };
    }

    private static VersionBody version(Version version) {
        return switch (version) {
            case Version.Current current -> body(current, "active", null);
            case Version.Retiring retiring -> body(retiring, "retiring", retiring.until());
            case Version.Retired retired -> body(retired, "retired", retired.retiredAt());
        };
    }

    private static VersionBody body(Version version, String status, @Nullable Instant retiresAt) {
        return new VersionBody(version.number(), status, version.hint(), version.since(), retiresAt);
    }
}
