package io.byok.query.key;

import static io.byok.query.feed.Rows.utc;
import static io.byok.query.feed.Rows.utcOrNull;

import io.byok.kernel.Envelope;
import io.byok.kernel.SubjectId;
import io.byok.kernel.key.KeyEvent;
import io.byok.kernel.key.KeyLabel;
import io.byok.kernel.key.KeyPolicy;
import io.byok.query.jooq.tables.records.KeyVersionRecord;
import io.byok.query.jooq.tables.records.KeyViewRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Rows of the key list in memory, while events are applied to them. */
final class KeyFold {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<UUID, KeyViewRecord> keys = new HashMap<>();
    private final Map<UUID, TreeMap<Integer, KeyVersionRecord>> versions = new HashMap<>();

    void load(KeyViewRecord key) {
        keys.put(key.getKey(), key);
    }

    void load(KeyVersionRecord version) {
        versions.computeIfAbsent(version.getKey(), _ -> new TreeMap<>()).put(version.getVersion(), version);
    }

    Collection<KeyViewRecord> keys() {
        return keys.values();
    }

    Collection<KeyVersionRecord> versions() {
        return versions.values().stream().flatMap(of -> of.values().stream()).toList();
    }

    /** @throws IllegalStateException when the event cannot follow the row */
    void apply(Envelope envelope, KeyEvent event) {
        KeyViewRecord row = keys.get(event.key().value());
        long expected = row == null ? 0 : row.getSequence() + 1;
        if (envelope.sequence() != expected) {
            throw new IllegalStateException("event " + envelope.sequence() + " came where " + expected + " was due");
        }
        if (event instanceof KeyEvent.KeyAdded added) {
            add(envelope, added);
            return;
        }
        if (row == null) {
            throw new IllegalStateException("a key's history begins with something else than its addition");
        }
        change(row, event);
        row.setSequence(envelope.sequence());
        row.setUpdatedAt(utc(event.at()));
    }

    private void add(Envelope envelope, KeyEvent.KeyAdded added) {
        KeyViewRecord row = new KeyViewRecord();
        row.setKey(added.key().value());
        row.setTenant(envelope.tenant().value());
        row.setUserId(added.userId());
        SubjectId subject = envelope.subject();
        // A key of the platform's own belongs to the tenant.
        row.setSubject(subject == null ? envelope.tenant().value() : subject.value());
        row.setProvider(added.provider());
        row.setEnvironment(added.environment());
        describe(row, added.label(), added.policy());
        row.setStatus(KeyStatus.ACTIVE.code());
        row.setSequence(envelope.sequence());
        row.setCreatedAt(utc(added.at()));
        row.setUpdatedAt(utc(added.at()));
        keys.put(row.getKey(), row);
        serve(row, 1, added.hint(), added.fingerprint(), added.at());
    }

    private void change(KeyViewRecord row, KeyEvent event) {
        switch (event) {
            case KeyEvent.KeyAdded _ -> throw new IllegalStateException("a key was added twice");
            case KeyEvent.KeyChanged changed -> describe(row, changed.label(), changed.policy());
            case KeyEvent.KeyRotated rotated -> {
                KeyVersionRecord before = version(row.getKey(), row.getVersion());
                Instant until = rotated.previousUntil();
                // Only the version right before the new one may overlap with it.
                retireAll(row.getKey(), rotated.at(), version -> version != before);
                before.setRetiresAt(utcOrNull(until));
                if (until == null) {
                    before.setRetiredAt(utc(rotated.at()));
                }
                serve(row, rotated.version(), rotated.hint(), rotated.fingerprint(), rotated.at());
            }
            case KeyEvent.KeyVersionRetired retired ->
                version(row.getKey(), retired.version()).setRetiredAt(utc(retired.at()));
            case KeyEvent.KeyDisabled _ -> row.setStatus(KeyStatus.DISABLED.code());
            case KeyEvent.KeyEnabled _ -> row.setStatus(KeyStatus.ACTIVE.code());
            case KeyEvent.KeyRevoked _ -> row.setStatus(KeyStatus.REVOKED.code());
            case KeyEvent.KeyDeleted deleted -> {
                row.setStatus(KeyStatus.DELETED.code());
                retireAll(row.getKey(), deleted.at(), version -> true);
            }
        }
    }

    private static void describe(KeyViewRecord row, KeyLabel label, KeyPolicy policy) {
        row.setAlias(label.alias());
        row.setDescription(label.description());
        row.setTags(JSONB.valueOf(JSON.writeValueAsString(label.tags())));
        row.setPriority(policy.priority());
        row.setFallback(policy.fallback());
        row.setModels(JSONB.valueOf(JSON.writeValueAsString(policy.modelPatterns())));
        row.setExpiresAt(utcOrNull(policy.expiresAt()));
    }

    private void serve(KeyViewRecord row, int version, String hint, String fingerprint, Instant at) {
        row.setVersion(version);
        row.setVersionCreatedAt(utc(at));
        row.setHint(hint);
        row.setFingerprint(fingerprint);
        KeyVersionRecord next = new KeyVersionRecord();
        next.setKey(row.getKey());
        next.setVersion(version);
        next.setTenant(row.getTenant());
        next.setHint(hint);
        next.setCreatedAt(utc(at));
        load(next);
    }

    private KeyVersionRecord version(UUID key, int number) {
        @Nullable
        KeyVersionRecord version = versions.getOrDefault(key, new TreeMap<>()).get(number);
        return Optional.ofNullable(version)
                .orElseThrow(() -> new IllegalStateException("the key has no version " + number));
    }

    private void retireAll(UUID key, Instant at, Predicate<KeyVersionRecord> which) {
        for (KeyVersionRecord version :
                versions.getOrDefault(key, new TreeMap<>()).values()) {
            if (version.getRetiredAt() == null && which.test(version)) {
                version.setRetiredAt(utc(at));
            }
        }
    }
}
