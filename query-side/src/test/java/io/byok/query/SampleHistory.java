package io.byok.query;

import io.byok.kernel.ChainId;
import io.byok.kernel.KeyId;
import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.kernel.UseId;
import io.byok.kernel.access.AccessEvent.ApiTokenCreated;
import io.byok.kernel.chain.ChainEvent.ChainSet;
import io.byok.kernel.chain.ChainPolicy;
import io.byok.kernel.key.KeyEvent;
import io.byok.kernel.key.KeyEvent.KeyAdded;
import io.byok.kernel.key.KeyEvent.KeyChanged;
import io.byok.kernel.key.KeyEvent.KeyDeleted;
import io.byok.kernel.key.KeyEvent.KeyDisabled;
import io.byok.kernel.key.KeyEvent.KeyEnabled;
import io.byok.kernel.key.KeyEvent.KeyRevoked;
import io.byok.kernel.key.KeyEvent.KeyRotated;
import io.byok.kernel.key.KeyLabel;
import io.byok.kernel.key.KeyPolicy;
import io.byok.kernel.subject.SubjectEvent.SubjectRegistered;
import io.byok.kernel.tenant.TenantEvent.TenantCreated;
import io.byok.kernel.usage.UsageEvent.UsageReported;
import io.byok.kernel.usage.UsageRecord;
import io.byok.kernel.use.Use;
import io.byok.kernel.use.UseEvent.UsesRecorded;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A random history of a few tenants, the same for the same seed, as the write side could have written it. */
public final class SampleHistory {

    /** A key of the history and how it stands. */
    public static final class Key {
        public final TenantId tenant;
        public final User user;
        public final KeyId id;
        public final String provider;
        int version = 1;
        public String status = "active";

        Key(User user, KeyId id, String provider) {
            this.tenant = user.tenant();
            this.user = user;
            this.id = id;
            this.provider = provider;
        }
    }

    /** An end user of the history. */
    public record User(TenantId tenant, SubjectId subject, String userId) {}

    /** A usage record and whose it is. */
    public record Reported(User user, UsageRecord record) {}

    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
    private static final List<String> PROVIDERS = List.of("openai", "anthropic", "deepgram");

    private final Ledger ledger;
    private final Random random;
    private final List<TenantId> tenants = new ArrayList<>();
    private final List<User> users = new ArrayList<>();
    private final List<Key> keys = new ArrayList<>();
    private final List<Reported> reported = new ArrayList<>();
    private long counter;

    public SampleHistory(Ledger ledger, long seed) {
        this.ledger = ledger;
        this.random = new Random(seed);
        for (int i = 0; i < 3; i++) {
            TenantId tenant = new TenantId(id());
            tenants.add(tenant);
            ledger.append(tenant, null, StreamId.of(tenant), new TenantCreated(tenant, "tenant-" + i, now()));
            TokenId token = new TokenId(id());
            ledger.append(
                    tenant,
                    null,
                    StreamId.of(token),
                    new ApiTokenCreated(token, "ci", List.of("keys:read"), "byok_live_...9fQ2", null, now()));
        }
    }

    public List<TenantId> tenants() {
        return tenants;
    }

    public List<User> users() {
        return users;
    }

    public List<Key> keys() {
        return keys;
    }

    public List<Reported> reported() {
        return reported;
    }

    /** Lets so many more events happen. */
    public SampleHistory grow(int events) {
        for (int i = 0; i < events; i++) {
            int dice = random.nextInt(100);
            if (users.isEmpty() || dice < 5) {
                addUser();
            } else if (keys.isEmpty() || dice < 25) {
                addKey(pick(users));
            } else if (dice < 50) {
                changeKey(pick(keys));
            } else if (dice < 75) {
                use();
            } else {
                report(pick(users));
            }
        }
        return this;
    }

    public User addUser() {
        User user = new User(pick(tenants), new SubjectId(id()), "user-" + counter + "/ä");
        users.add(user);
        ledger.append(
                user.tenant(),
                user.subject(),
                StreamId.of(user.subject()),
                new SubjectRegistered(user.subject(), user.userId(), now()));
        return user;
    }

    public Key addKey(User user) {
        Key key = new Key(user, new KeyId(id()), pick(PROVIDERS));
        keys.add(key);
        append(
                key,
                new KeyAdded(
                        key.id,
                        user.userId(),
                        key.provider,
                        random.nextBoolean() ? "production" : "test",
                        label(),
                        policy(),
                        "sk-..." + counter,
                        "fp" + counter,
                        now()));
        chain(key);
        return key;
    }

    private void chain(Key key) {
        ChainId chain = new ChainId(id());
        ChainPolicy policy = new ChainPolicy(List.of(key.id), "never", List.of("rate-limited"), 1, 0);
        ledger.append(
                key.tenant,
                key.user.subject(),
                StreamId.of(chain),
                new ChainSet(chain, key.user.userId(), key.provider, "chain-" + counter, policy, now()));
    }

    private void changeKey(Key key) {
        switch (key.status) {
            case "active" -> {
                switch (random.nextInt(5)) {
                    case 0 -> append(key, new KeyChanged(key.id, label(), policy(), now()));
                    case 1, 2 -> {
                        key.version++;
                        Instant until = random.nextBoolean() ? now().plusSeconds(3_600) : null;
                        append(
                                key,
                                new KeyRotated(key.id, key.version, "sk-..." + counter, "fp" + counter, until, now()));
                    }
                    case 3 -> {
                        key.status = "disabled";
                        append(key, new KeyDisabled(key.id, "looks \"odd\"\n", now()));
                    }
                    default -> {
                        key.status = "revoked";
                        append(key, new KeyRevoked(key.id, null, now()));
                    }
                }
            }
            case "disabled" -> {
                key.status = "active";
                append(key, new KeyEnabled(key.id, null, now()));
            }
            case "revoked" -> {
                key.status = "deleted";
                append(key, new KeyDeleted(key.id, "gone", now()));
            }
            default -> addKey(key.user);
        }
    }

    private void use() {
        List<Use> uses = new ArrayList<>();
        Key first = pick(keys);
        for (int i = random.nextInt(4); i >= 0; i--) {
            Key key = i == 0 ? first : pick(keys);
            if (!key.tenant.equals(first.tenant)) {
                key = first;
            }
            uses.add(new Use(
                    new UseId(id()),
                    key.id,
                    key.version,
                    key.user.subject(),
                    key.provider,
                    "production",
                    "user",
                    "chat",
                    random.nextBoolean() ? "gpt-4o-mini" : null,
                    Ledger.BY.actor(),
                    "req-" + counter,
                    now()));
        }
        ledger.append(first.tenant, null, new StreamId(StreamType.USE, id()), new UsesRecorded(uses, now()));
    }

    private void report(User user) {
        List<UsageRecord> records = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            UsageRecord record = record(user);
            records.add(record);
            reported.add(new Reported(user, record));
        }
        ledger.append(
                user.tenant(),
                user.subject(),
                new StreamId(StreamType.USAGE, id()),
                new UsageReported(user.userId(), records, now()));
    }

    private UsageRecord record(User user) {
        List<Key> own = keys.stream().filter(key -> key.user.equals(user)).toList();
        Map<String, BigDecimal> units = new HashMap<>();
        units.put("inputTokens", BigDecimal.valueOf(random.nextInt(10_000)));
        if (random.nextBoolean()) {
            units.put("outputTokens", BigDecimal.valueOf(random.nextInt(10_000)));
        }
        if (random.nextInt(4) == 0) {
            units.put("audioSeconds", BigDecimal.valueOf(random.nextInt(100_000), 3));
        }
        UsageRecord.@Nullable Cost cost = random.nextInt(5) == 0
                ? null
                : new UsageRecord.Cost(
                        BigDecimal.valueOf(random.nextInt(1_000_000), random.nextInt(9)),
                        random.nextInt(6) == 0 ? "EUR" : "USD");
        return new UsageRecord(
                "call-" + counter,
                own.isEmpty() || random.nextInt(4) == 0 ? null : pick(own).id,
                pick(PROVIDERS),
                random.nextInt(3) == 0 ? null : "model-" + random.nextInt(3),
                null,
                now().minusSeconds(random.nextInt(200_000)),
                units,
                cost,
                random.nextInt(10) == 0 ? "error" : "ok",
                null);
    }

    private void append(Key key, KeyEvent event) {
        ledger.append(key.tenant, key.user.subject(), StreamId.of(key.id), event);
    }

    private KeyLabel label() {
        return new KeyLabel(
                random.nextBoolean() ? "alias-" + counter : null,
                null,
                List.of("tag-" + random.nextInt(3), "tag-" + random.nextInt(3)));
    }

    private KeyPolicy policy() {
        return new KeyPolicy(
                random.nextInt(4) == 0 ? now().plusSeconds(random.nextInt(100_000)) : null, 10, random.nextBoolean());
    }

    private Instant now() {
        return BEGIN.plusSeconds(counter * 61).plusNanos(counter % 1_000_000 * 1_000);
    }

    /** Time-ordered, as the product's ids are. */
    private UUID id() {
        counter++;
        return new UUID(now().toEpochMilli() << 16 | 0x7000, 0x8000_0000_0000_0000L | counter);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
