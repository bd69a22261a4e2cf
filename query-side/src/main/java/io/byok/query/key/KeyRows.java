package io.byok.query.key;

import io.byok.kernel.KeyId;
import io.byok.query.jooq.tables.records.KeyHealthRecord;
import io.byok.query.jooq.tables.records.KeyVersionRecord;
import io.byok.query.jooq.tables.records.KeyViewRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Makes of a key's rows what callers see. */
final class KeyRows {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};

    private final Duration rotation;

    /** @param rotation how long a version may serve before it should be rotated */
    KeyRows(Duration rotation) {
        this.rotation = rotation;
    }

    /**
     * A key as callers see it.
     *
     * @param versions its own, newest first
     * @param health what is known of one of its versions, absent when nothing is
     * @param now decides whether it has expired
     */
    KeyView view(KeyViewRecord row, List<KeyVersionRecord> versions, @Nullable KeyHealthRecord health, Instant now) {
        KeyStatus status = KeyStatus.of(row.getStatus());
        Instant expiresAt = instant(row.getExpiresAt());
        boolean expired = status == KeyStatus.ACTIVE && expiresAt != null && !expiresAt.isAfter(now);
        boolean lives = status == KeyStatus.ACTIVE || status == KeyStatus.DISABLED;
        return new KeyView(
                new KeyId(row.getKey()).text(),
                row.getUserId(),
                row.getProvider(),
                row.getEnvironment(),
                row.getAlias(),
                row.getDescription(),
                JSON.readValue(row.getTags().data(), STRINGS),
                row.getPriority(),
                row.getFallback(),
                JSON.readValue(row.getModels().data(), STRINGS),
                row.getHint(),
                row.getFingerprint(),
                expired ? KeyStatus.EXPIRED : status.word(),
                row.getVersion(),
                versions.stream().map(version -> version(row, version)).toList(),
                health(row, health),
                instant(row.getLastUsedAt()),
                row.getCreatedAt().toInstant(),
                row.getUpdatedAt().toInstant(),
                expiresAt,
                lives ? row.getVersionCreatedAt().toInstant().plus(rotation) : null,
                "\"" + row.getSequence() + "\"");
    }

    /** What was said of an earlier version says nothing of this one. */
    private static KeyView.Health health(KeyViewRecord key, @Nullable KeyHealthRecord health) {
        return health == null || !health.getVersion().equals(key.getVersion())
                ? KeyView.Health.unknown()
                : new KeyView.Health(
                        health.getState(),
                        health.getScore().intValue(),
                        health.getCheckedAt().toInstant(),
                        health.getMessage());
    }

    private static KeyView.Version version(KeyViewRecord key, KeyVersionRecord row) {
        String status = row.getRetiredAt() != null
                ? "retired"
                : row.getVersion().equals(key.getVersion()) ? "active" : "retiring";
        return new KeyView.Version(
                row.getVersion(),
                status,
                row.getHint(),
                row.getCreatedAt().toInstant(),
                instant(row.getRetiredAt() != null ? row.getRetiredAt() : row.getRetiresAt()));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
