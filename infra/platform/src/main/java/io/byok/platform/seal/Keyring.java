package io.byok.platform.seal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * L2 of the events chain: random data keys per end user, audit year and tenant, made at first use. Each is made once,
 * however many threads and nodes ask at a time. Random, never derived from the key above: what can be derived again is
 * not destroyed by deleting it. An owner whose key was destroyed on purpose never gets another.
 *
 * <p>Works on connections of its own, in its own transactions: call it before opening one, or a pool whose connections
 * all wait for a second one stands still. A key whose user turned out not to be stored is an orphan and harms nobody.
 *
 * <p>All methods throw {@link KeysUnavailable} when root or database are away, and {@link SealBroken} for wraps that
 * were tampered with.
 */
public final class Keyring implements AutoCloseable {

    private static final int MOST = 50_000;

    /** What a key id leads to. */
    public sealed interface Found {

        /** The key; closing it wipes it. */
        record Live(DataKeyRef ref, SealingKey key) implements Found, AutoCloseable {

            @Override
            public void close() {
                key.close();
            }
        }

        /** It was destroyed on purpose: there is a tombstone. */
        record Shredded(UUID keyId) implements Found {}

        /** It is neither here nor destroyed on purpose: somebody deleted rows, or it never was. */
        record Missing(UUID keyId) implements Found {}
    }

    private record Owner(TenantId tenant, DataKeyKind kind, UUID owner) {}

    /** As a header names a key. */
    record Name(UUID id, int version) {}

    private final DataKeyTable table;
    private final Tombstones tombstones;
    private final TenantKeks tenantKeks;
    private final KeyCache<DataKeyRef> unwrapped = new KeyCache<>(MOST, TenantKeks.LONGEST);
    private final Cache<Owner, DataKeyRef> newest = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(TenantKeks.LONGEST)
            .build();
    private final Cache<Name, DataKeyRef> named = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(TenantKeks.LONGEST)
            .build();

    /** @param database where schema {@code keyring} lives */
    public Keyring(DataSource database, TenantKeks tenantKeks) {
        this.table = new DataKeyTable(database);
        this.tombstones = new Tombstones(database);
        this.tenantKeks = tenantKeks;
    }

    /** The key for what is about one end user. */
    public DataKeyRef subjectKey(TenantId tenant, SubjectId subject) {
        return findOrCreate(new Owner(tenant, DataKeyKind.SUBJECT, DataKeyRef.owner(subject)));
    }

    /**
     * The key for what the audit keeps of a year, about no single end user.
     *
     * @param year of the calendar, UTC
     */
    public DataKeyRef auditKey(TenantId tenant, int year) {
        return findOrCreate(new Owner(tenant, DataKeyKind.AUDIT, DataKeyRef.owner(year)));
    }

    /** The key behind the tenant's {@link LookupHash}. */
    public DataKeyRef lookupKey(TenantId tenant) {
        return findOrCreate(new Owner(tenant, DataKeyKind.LOOKUP, DataKeyRef.NOBODY));
    }

    /** The seed of the platform's own signing key. */
    DataKeyRef signingKey() {
        return findOrCreate(new Owner(new TenantId(DataKeyRef.NOBODY), DataKeyKind.SIGNING, DataKeyRef.NOBODY));
    }

    /** The seed that signs states of audit logs. */
    DataKeyRef checkpointKey() {
        return findOrCreate(new Owner(new TenantId(DataKeyRef.NOBODY), DataKeyKind.CHECKPOINT, DataKeyRef.NOBODY));
    }

    /** The seed of the second signature below them. */
    DataKeyRef checkpointMlDsaKey() {
        return findOrCreate(
                new Owner(new TenantId(DataKeyRef.NOBODY), DataKeyKind.CHECKPOINT_ML_DSA, DataKeyRef.NOBODY));
    }

    /** The key that a header names. */
    public Found byId(UUID keyId, int version) {
        Function<Name, @Nullable DataKeyRef> load = this::refOf;
        Name name = new Name(keyId, version);
        DataKeyRef ref = named.get(name, load);
        SealingKey key = ref == null ? null : copyOf(ref);
        if (ref != null && key != null) {
            return new Found.Live(ref, key);
        }
        return tombstones.has(name) ? new Found.Shredded(keyId) : new Found.Missing(keyId);
    }

    /** A copy of the key, owned by the caller; empty when it was destroyed. */
    Optional<SealingKey> take(DataKeyRef ref) {
        return Optional.ofNullable(copyOf(ref));
    }

    /** Unwraps a key before anybody waits for it. */
    public void warm(DataKeyRef ref) {
        if (!unwrapped.holds(ref)) {
            take(ref).ifPresent(SealingKey::close);
        }
    }

    /** Whether {@link #subjectKey} and the key itself are at hand. Never blocks. */
    public boolean isWarmSubject(TenantId tenant, SubjectId subject) {
        return isWarm(new Owner(tenant, DataKeyKind.SUBJECT, DataKeyRef.owner(subject)));
    }

    /** Whether {@link #auditKey} and the key itself are at hand. Never blocks. */
    public boolean isWarmAudit(TenantId tenant, int year) {
        return isWarm(new Owner(tenant, DataKeyKind.AUDIT, DataKeyRef.owner(year)));
    }

    private boolean isWarm(Owner owner) {
        DataKeyRef ref = newest.getIfPresent(owner);
        return ref != null && unwrapped.holds(ref);
    }

    /**
     * Drops what this node knows of a key, after its row was deleted: the next look finds it shredded. Exact names, never
     * a scan: only so does it exclude a load of the same name that is under way.
     */
    public void forget(DataKeyRef ref) {
        newest.invalidate(new Owner(ref.tenant(), ref.kind(), ref.owner()));
        named.invalidate(new Name(ref.id(), ref.version()));
        unwrapped.forget(ref);
    }

    /** Drops what this node knows of a key of a tenant that was erased. */
    void forget(TenantKeks.Name kek) {
        tenantKeks.forget(kek);
        tenantKeks.reload(kek.tenant());
    }

    private DataKeyRef findOrCreate(Owner owner) {
        return newest.get(owner, missing -> find(missing).orElseGet(() -> create(missing)));
    }

    /** Looks for the newest version of this key's owner again, at its next use. */
    void reload(DataKeyRef ref) {
        newest.invalidate(new Owner(ref.tenant(), ref.kind(), ref.owner()));
    }

    private Optional<DataKeyRef> find(Owner owner) {
        return table.newest(owner.tenant(), owner.kind(), owner.owner()).map(WrappedDataKey::ref);
    }

    // The first insert wins, here as on other nodes, and everybody reads back the winner.
    private DataKeyRef create(Owner owner) {
        try {
            mint(owner);
        } catch (RetiredParent old) {
            tenantKeks.reload(owner.tenant());
            mint(owner);
        }
        return find(owner).orElseThrow(() -> new Sealer.KeyDestroyed(owner.owner()));
    }

    private void mint(Owner owner) {
        try (MintedKey minted = tenantKeks.mint(owner.tenant(), owner.kind(), owner.owner())) {
            table.insert(minted);
        }
    }

    private @Nullable DataKeyRef refOf(Name name) {
        return table.find(name.id(), name.version()).map(WrappedDataKey::ref).orElse(null);
    }

    private @Nullable SealingKey copyOf(DataKeyRef ref) {
        return unwrapped.copyOf(
                ref,
                missing -> Rereading.until(
                                () -> table.find(missing.id(), missing.version())
                                        .filter(row -> row.ref().equals(missing)),
                                WrappedDataKey::wrapped,
                                row -> tenantKeks.unwrap(missing, row.wrapped()))
                        .orElse(null));
    }

    /** Wipes what is cached. */
    @Override
    public void close() {
        unwrapped.close();
    }
}
