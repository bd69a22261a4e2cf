package io.byok.bench;

import io.byok.kernel.ChainId;
import io.byok.kernel.DomainEvent;
import io.byok.kernel.Envelope;
import io.byok.kernel.KeyId;
import io.byok.kernel.Provenance;
import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.UseId;
import io.byok.kernel.chain.ChainEvent.ChainSet;
import io.byok.kernel.chain.ChainPolicy;
import io.byok.kernel.key.KeyEvent.KeyAdded;
import io.byok.kernel.key.KeyEvent.KeyChanged;
import io.byok.kernel.key.KeyEvent.KeyDisabled;
import io.byok.kernel.key.KeyEvent.KeyEnabled;
import io.byok.kernel.key.KeyEvent.KeyRotated;
import io.byok.kernel.key.KeyLabel;
import io.byok.kernel.key.KeyPolicy;
import io.byok.kernel.usage.UsageEvent.UsageReported;
import io.byok.kernel.usage.UsageRecord;
import io.byok.kernel.use.Use;
import io.byok.kernel.use.UseEvent.UsesRecorded;
import io.byok.kernel.validation.ValidationEvent.KeyValidated;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A long history, the same at every run. Of twenty events four add keys, four rotate, two change and two switch one, four
 * report two records of usage each, two are answers of a provider, one sets a chain and one records ten uses.
 *
 * <p>Tenants and end users are few and keys are many: a thousand end users keep the number of data keys as in a small
 * installation, and keys that were added long ago are still rotated.
 */
final class BenchHistory {

    static final int TENANTS = 16;
    private static final int SUBJECTS = 1_000;
    private static final int REMEMBERED = 20_000;
    private static final Provenance BY = new Provenance("tok_01j80000000e008000000000012", "req-bench");

    private final Random random = new Random(4711);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final List<TenantId> tenants =
            Stream.generate(() -> new TenantId(id())).limit(TENANTS).toList();
    private final List<SubjectId> subjects =
            Stream.generate(() -> new SubjectId(id())).limit(SUBJECTS).toList();
    private final List<Key> keys = new ArrayList<>();
    private long made;

    private static final class Key {
        private final KeyId id;
        private final int owner;
        private int version = 1;
        private boolean disabled;
        private long sequence;

        Key(KeyId id, int owner) {
            this.id = id;
            this.owner = owner;
        }
    }

    /** The next events. */
    List<Envelope> next(int count) {
        List<Envelope> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(next());
        }
        return events;
    }

    private Envelope next() {
        now = now.plusMillis(20);
        int turn = (int) (made++ % 20);
        if (keys.isEmpty() || turn < 4) {
            return add();
        }
        Key key = keys.get(random.nextInt(keys.size()));
        return switch (turn) {
            case 4, 5, 6, 7 ->
                ofKey(key, new KeyRotated(key.id, ++key.version, "sk-...y8Rb", fingerprint(), null, now));
            case 8, 9 -> ofKey(key, new KeyChanged(key.id, label(), policy(), now));
            case 10, 11 -> {
                key.disabled = !key.disabled;
                yield ofKey(
                        key,
                        key.disabled
                                ? new KeyDisabled(key.id, "paused for the night", now)
                                : new KeyEnabled(key.id, null, now));
            }
            case 12, 13, 14, 15 -> single(key.owner, StreamType.USAGE, usage(key));
            case 16, 17 -> single(key.owner, StreamType.VALIDATION, validated(key));
            case 18 -> chain(key);
            default -> uses(key.owner % TENANTS);
        };
    }

    private Envelope add() {
        Key key = new Key(new KeyId(id()), random.nextInt(SUBJECTS));
        if (keys.size() < REMEMBERED) {
            keys.add(key);
        } else {
            keys.set(random.nextInt(REMEMBERED), key);
        }
        Envelope added = envelope(
                key.owner,
                StreamId.of(key.id),
                0,
                new KeyAdded(
                        key.id,
                        "user-" + key.owner,
                        "openai",
                        "production",
                        label(),
                        policy(),
                        "sk-...x7Qa",
                        fingerprint(),
                        now));
        key.sequence = 1;
        return added;
    }

    private Envelope ofKey(Key key, DomainEvent event) {
        return envelope(key.owner, StreamId.of(key.id), key.sequence++, event);
    }

    private Envelope single(int owner, StreamType type, DomainEvent event) {
        return envelope(owner, new StreamId(type, id()), 0, event);
    }

    private DomainEvent usage(Key key) {
        List<UsageRecord> records = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            records.add(new UsageRecord(
                    "rec-" + made + "-" + i,
                    key.id,
                    "openai",
                    i == 0 ? "gpt-4o-mini" : "gpt-4o",
                    "chat",
                    now,
                    Map.of(
                            "input_tokens", BigDecimal.valueOf(random.nextInt(4_000)),
                            "output_tokens", BigDecimal.valueOf(random.nextInt(900))),
                    new UsageRecord.Cost(BigDecimal.valueOf(random.nextInt(100_000), 6), "USD"),
                    "ok",
                    random.nextInt(5_000)));
        }
        return new UsageReported("user-" + key.owner, records, now);
    }

    private DomainEvent validated(Key key) {
        return new KeyValidated(
                key.id, key.version, "valid", "accepted", List.of(), 100, "schedule", "GET /v1/models", 180, now);
    }

    private Envelope chain(Key key) {
        ChainId chain = new ChainId(id());
        ChainPolicy policy = new ChainPolicy(List.of(key.id), "never", List.of("rate-limited"), 1, 0);
        return envelope(
                key.owner,
                StreamId.of(chain),
                0,
                new ChainSet(chain, "user-" + key.owner, "openai", "production", policy, now));
    }

    private Envelope uses(int tenant) {
        List<Use> uses = new ArrayList<>();
        for (int look = 0; look < 1_000 && uses.size() < 10; look++) {
            Key key = keys.get(random.nextInt(keys.size()));
            if (key.owner % TENANTS != tenant) {
                continue;
            }
            uses.add(new Use(
                    new UseId(id()),
                    key.id,
                    key.version,
                    subjects.get(key.owner),
                    "openai",
                    "production",
                    "user",
                    "chat",
                    "gpt-4o-mini",
                    BY.actor(),
                    "req-" + made,
                    now));
        }
        return new Envelope(
                id(),
                tenants.get(tenant),
                null,
                new StreamId(StreamType.USE, id()),
                0,
                new UsesRecorded(uses, now),
                BY);
    }

    private Envelope envelope(int owner, StreamId stream, long sequence, DomainEvent event) {
        @Nullable SubjectId subject = subjects.get(owner);
        return new Envelope(id(), tenants.get(owner % TENANTS), subject, stream, sequence, event, BY);
    }

    private KeyLabel label() {
        return new KeyLabel("main-" + random.nextInt(100), "the key of the evening shift", List.of("team:red"));
    }

    private KeyPolicy policy() {
        return new KeyPolicy(null, random.nextInt(100), true);
    }

    private String fingerprint() {
        return Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
    }

    // As UUIDs of version 7 lie in an index: by time first.
    private UUID id() {
        return new UUID(
                now.toEpochMilli() << 16 | 0x7000 | random.nextInt(0x1000), Long.MIN_VALUE | random.nextLong() >>> 2);
    }
}
