package io.byok.platform.seal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.byok.kernel.TenantId;
import java.time.Duration;
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
    private final Roots roots;
    private final KekWraps wraps;
    private final KekMaker maker;
    private final RootVersions versions;
    private final KeyCache<Name> unwrapped = new KeyCache<>(MOST, LONGEST);
    private final Cache<Place, Name> newest =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LONGEST).build();

    /**
     * @param database where schema {@code keyring} lives; used outside of callers' transactions
     * @param roots the chains this node may use
     */
    public TenantKeks(DataSource database, Roots roots) {
        this.table = new TenantKekTable(database);
        this.versions = new RootVersions(database);
        this.roots = roots;
        this.wraps = new KekWraps(roots);
        this.maker = new KekMaker(table, roots, wraps);
    }

    /** Whether a database holds keys already. */
    public static boolean existIn(DataSource database) {
        return new TenantKekTable(database).any();
    }

    /** With current roots only. */
    public TenantKeks(DataSource database, Map<KeyChain, KekProvider> roots) {
        this(database, new Roots(roots));
    }

    /**
     * Proves at the start that this node's roots open what this database holds, one wrap per version of a root, before
     * anything is sealed under a wrong one.
     *
     * @throws KeyRefused when they do not: a lost, exchanged or restored keyring
     */
    public void proveRoots() {
        RootProof.of(roots, wraps, table, versions);
    }

    /** Makes a random data key for this owner and wraps it. Nothing is stored. */
    public MintedKey mint(TenantId tenant, DataKeyKind kind, UUID owner) {
        return mint(new DataKeyRef(tenant, kind, owner, UUID.randomUUID(), 1));
    }

    /** Makes the next version of a data key: another random key with the same name. Nothing is stored. */
    public MintedKey mintAfter(DataKeyRef ref) {
        return mint(new DataKeyRef(ref.tenant(), ref.kind(), ref.owner(), ref.id(), ref.version() + 1));
    }

    private MintedKey mint(DataKeyRef ref) {
        SealingKey child = SealingKey.random(ref.id(), ref.version());
        try {
            return new MintedKey(ref, child, wrap(ref, child));
        } catch (RuntimeException failed) {
            child.close();
            throw failed;
        }
    }

    private byte[] wrap(DataKeyRef ref, SealingKey child) {
        try (SealingKey parent = newest(ref.tenant(), ref.kind().chain())) {
            return child.exposeForUse(secret -> Suite1.seal(parent, place(parent.id(), parent.version(), ref), secret));
        }
    }

    /**
     * The data key's wrap under the tenant's newest key. It has been opened, in its place, and gave the same key: whoever
     * stores it may drop the old one. Empty when the key above the old wrap was destroyed.
     *
     * @throws SealBroken when the old wrap does not open, or the new one gives anything else
     */
    Optional<byte[]> rewrap(WrappedDataKey old) {
        return unwrap(old.ref(), old.wrapped()).map(key -> {
            try (key) {
                byte[] moved = wrap(old.ref(), key);
                try (SealingKey again = unwrap(old.ref(), moved).orElseThrow(SealBroken::new)) {
                    again.requireSameAs(key);
                }
                return moved;
            }
        });
    }

    /** Looks for the tenant's newest keys again; after a {@link RetiredParent}, or a version that was just made. */
    public void reload(TenantId tenant) {
        for (KeyChain chain : KeyChain.values()) {
            newest.invalidate(new Place(tenant, chain));
        }
    }

    /** Drops what this node knows of a version whose row is gone. */
    void forget(Name name) {
        unwrapped.forget(name);
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
                .orElseGet(() -> maker.first(place.tenant(), place.chain()));
    }

    /** Makes the version after this one, once, however many nodes do. */
    void addVersion(TenantKekTable.Row before) {
        maker.next(before);
        reload(before.tenant());
    }

    private @Nullable SealingKey named(Name name) {
        return unwrapped.copyOf(name, this::load);
    }

    // Between reading the row and asking the root, a rotation may have moved the row and destroyed the version it
    // named.
    private @Nullable SealingKey load(Name name) {
        Optional<TenantKekTable.Row> row = table.find(name);
        while (row.isPresent()) {
            try {
                return wraps.unwrap(row.get());
            } catch (KeysUnavailable away) {
                Optional<TenantKekTable.Row> again = table.find(name);
                if (again.isPresent() && again.get().isWrappedAs(row.get())) {
                    throw away;
                }
                row = again;
            }
        }
        return null;
    }

    /** Wipes what is cached. */
    @Override
    public void close() {
        unwrapped.close();
    }
}
