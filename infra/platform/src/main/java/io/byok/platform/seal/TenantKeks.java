package io.byok.platform.seal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.byok.kernel.TenantId;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * L1: a random key-encryption key per tenant and chain, made at the tenant's first use, wrapped by the chain's root. It
 * wraps that tenant's data keys and nothing else. The platform itself is the tenant with the nil id. Safe for any number
 * of threads and nodes.
 *
 * <p>All methods throw {@link KeysUnavailable} when the root or the database is away, or when this node has no root for
 * the chain, and {@link SealBroken} for wraps that were tampered with.
 */
public final class TenantKeks implements AutoCloseable {

    /** The longest that an unwrapped key outlives its use, a provider that is away, or a destruction elsewhere. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    private static final int MOST = 10_000;

    /** Names one version of one tenant's key in one chain. */
    record Name(TenantId tenant, KeyChain chain, UUID kek, int version) {}

    private record Place(TenantId tenant, KeyChain chain) {}

    private final TenantKekTable table;
    private final Map<KeyChain, BoundRoot> roots = new EnumMap<>(KeyChain.class);
    private final KeyCache<Name> unwrapped = new KeyCache<>(MOST, LONGEST);
    private final Cache<Place, Name> newest =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LONGEST).build();

    /**
     * @param database where schema {@code keyring} lives; used outside of callers' transactions
     * @param roots the chains this node may use
     */
    public TenantKeks(DataSource database, Map<KeyChain, KekProvider> roots) {
        this.table = new TenantKekTable(database);
        roots.forEach((chain, provider) -> this.roots.put(chain, new BoundRoot(provider)));
    }

    /**
     * Proves at the start that each root opens what this database holds, before anything is sealed under a wrong one.
     *
     * @throws KeyRefused when it does not: a lost, exchanged or restored keyring
     */
    public void proveRoots() {
        roots.keySet()
                .forEach(chain -> table.any(chain).ifPresent(row -> {
                    try (SealingKey key = unwrap(row)) {
                        key.id();
                    } catch (SealBroken wrong) {
                        throw new KeyRefused("the root key of chain " + chain.word()
                                + " is not the one this database was sealed with; put the right keyring back");
                    }
                }));
    }

    /** Makes a random data key for this owner and wraps it. Nothing is stored. */
    public MintedKey mint(TenantId tenant, DataKeyKind kind, UUID owner) {
        DataKeyRef ref = new DataKeyRef(tenant, kind, owner, UUID.randomUUID(), 1);
        SealingKey child = SealingKey.random(ref.id(), ref.version());
        try (SealingKey parent = newest(tenant, kind.chain())) {
            byte[] wrapped = child.exposeForUse(
                    secret -> Suite1.seal(parent, place(parent.id(), parent.version(), ref), secret));
            return new MintedKey(ref, child, wrapped);
        } catch (RuntimeException failed) {
            child.close();
            throw failed;
        }
    }

    /** The data key, owned by the caller; empty when the tenant's key above it was destroyed. */
    public Optional<SealingKey> unwrap(DataKeyRef ref, byte[] wrapped) {
        SealedHeader header = SealedHeader.read(wrapped);
        Name name = new Name(ref.tenant(), ref.kind().chain(), header.keyId(), header.keyVersion());
        try (SealingKey parent = named(name)) {
            if (parent == null) {
                return Optional.empty();
            }
            byte[] secret = Suite1.open(parent, place(parent.id(), parent.version(), ref), wrapped);
            if (secret.length != SealingKey.BYTES) {
                throw new SealBroken();
            }
            return Optional.of(SealingKey.owning(ref.id(), ref.version(), secret));
        }
    }

    private static Aad place(UUID parent, int parentVersion, DataKeyRef child) {
        return Aad.wrappedKey(
                child.tenant(),
                parent,
                parentVersion,
                child.id(),
                child.version(),
                child.kind().word(),
                child.owner());
    }

    private SealingKey newest(TenantId tenant, KeyChain chain) {
        Name name = newest.get(new Place(tenant, chain), this::findOrCreate);
        SealingKey key = named(name);
        if (key == null) {
            newest.invalidate(new Place(tenant, chain));
            throw new KeysUnavailable("the tenant's key was destroyed", null);
        }
        return key;
    }

    private Name findOrCreate(Place place) {
        return table.newest(place.tenant(), place.chain())
                .map(TenantKekTable.Row::name)
                .orElseGet(() -> create(place));
    }

    // Two nodes may both make one; the first insert wins and both read it back. The other is never used.
    private Name create(Place place) {
        BoundRoot root = root(place.chain());
        UUID rootId = root.describe().root();
        try (SealingKey key = SealingKey.random(UUID.randomUUID(), 1)) {
            Name name = new Name(place.tenant(), place.chain(), key.id(), key.version());
            WrappedKek wrapped = root.wrap(key, place(rootId, name));
            table.insert(
                    new TenantKekTable.Row(name.tenant(), name.chain(), name.kek(), name.version(), rootId, wrapped));
        }
        return table.newest(place.tenant(), place.chain())
                .orElseThrow(() -> new KeysUnavailable("the tenant's key was destroyed", null))
                .name();
    }

    private @Nullable SealingKey named(Name name) {
        return unwrapped.copyOf(
                name, missing -> table.find(missing).map(this::unwrap).orElse(null));
    }

    private SealingKey unwrap(TenantKekTable.Row row) {
        byte[] secret = root(row.chain()).unwrap(row.wrapped(), place(row.root(), row.name()));
        return SealingKey.owning(row.kek(), row.version(), secret);
    }

    private static Aad place(UUID root, Name child) {
        return Aad.wrappedKey(
                child.tenant(),
                root,
                0,
                child.kek(),
                child.version(),
                child.chain().word(),
                DataKeyRef.NOBODY);
    }

    private BoundRoot root(KeyChain chain) {
        BoundRoot root = roots.get(chain);
        if (root == null) {
            throw new KeysUnavailable("this node has no root key for chain " + chain.word(), null);
        }
        return root;
    }

    /** Wipes what is cached. */
    @Override
    public void close() {
        unwrapped.close();
    }
}
