package io.byok.platform.seal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * L0: wraps every tenant's key under the newest version of the current root, which is made first, and then destroys the
 * older ones. Whatever is wrapped under another root that this node still opens is moved in the same way: that is how a
 * provider is left.
 */
public final class RootRotation implements Rotation {

    private static final String REPLACE = "update keyring.tenant_kek set root = ?, root_version = ?, wrapped = ?"
            + " where kek = ? and version = ? and root = ? and root_version = ? and wrapped = ?";
    private static final String LOCK = "select " + TenantKekTable.COLUMNS + " from keyring.tenant_kek"
            + " where chain = ? and not (root = ? and root_version = ?) and (kek, version) > (?, ?)"
            + " order by kek, version limit ? for no key update skip locked";
    private static final String REMAINING =
            "select count(*) from keyring.tenant_kek where chain = ? and not (root = ? and root_version = ?)";
    private static final String ALL = "select count(*) from keyring.tenant_kek where chain = ?";
    private static final String FOREIGN = "select from keyring.tenant_kek where chain = ? and root <> ? limit 1";

    private final Roots roots;
    private final KekWraps wraps;
    private final RootVersions versions;
    private final KeySql sql;
    private final Sweep sweep;

    public RootRotation(DataSource database, Roots roots) {
        this.roots = roots;
        this.wraps = new KekWraps(roots);
        this.versions = new RootVersions(database);
        this.sql = new KeySql(database);
        this.sweep = new Sweep(database);
    }

    /** Whether something is wrapped under another root than the current one: then rotation means to leave that. */
    public boolean leaves(KeyChain chain) {
        UUID root = roots.current(chain).describe().root();
        return !sql.list(FOREIGN, row -> true, (short) chain.code(), root).isEmpty();
    }

    @Override
    public long remaining(Scope scope) {
        return scope.chains().stream()
                .mapToLong(chain -> wantsVersion(chain, scope) ? count(ALL, (short) chain.code()) : left(chain))
                .sum();
    }

    @Override
    public long run(Scope scope, RotationWatch watch) {
        return scope.chains().stream()
                .mapToLong(chain -> run(chain, scope, watch))
                .sum();
    }

    private long run(KeyChain chain, Scope scope, RotationWatch watch) {
        BoundRoot root = roots.current(chain);
        if (wantsVersion(chain, scope)) {
            root.addVersion();
            watch.reached(RotationWatch.Step.VERSION_MADE);
        }
        KekProvider.Description now = look(chain);
        UUID id = now.root();
        int newest = now.newest();
        sweep.over(new Old(chain, id, newest), watch);
        versions.retireAllBut(chain, id, newest);
        watch.reached(RotationWatch.Step.RETIRED);
        sweep.over(new Old(chain, id, newest), watch); // what was stored before the fence, and what others held
        long left = left(chain);
        if (left == 0) {
            watch.reached(RotationWatch.Step.EMPTY);
            versions.retired(chain, id, newest).forEach(old -> destroy(chain, root, old, watch));
        }
        return left;
    }

    private void destroy(KeyChain chain, BoundRoot current, RootVersions.Retired old, RotationWatch watch) {
        if (old.root().equals(current.describe().root())) {
            current.destroyVersion(old.version());
        } // another root ends where it lives, when the operator takes it away; here it only stops being needed
        watch.reached(RotationWatch.Step.DESTROYED);
        watch.destroyed(chain, null, old.root(), old.version());
        versions.destroyed(chain, old.root(), old.version());
    }

    /** Whether the newest version is older than the rotation: then this rotation has not made its own yet. */
    private boolean wantsVersion(KeyChain chain, Scope scope) {
        return !scope.moves()
                && madeAt(chain).filter(made -> made.isBefore(scope.begun())).isPresent();
    }

    private Optional<Instant> madeAt(KeyChain chain) {
        KekProvider.Description root = look(chain);
        return versions.madeAt(chain, root.root(), root.newest());
    }

    /** The root as it is now, also if another node changed it a moment ago. */
    private KekProvider.Description look(KeyChain chain) {
        BoundRoot root = roots.current(chain);
        root.refresh();
        versions.met(chain, root.describe());
        return root.describe();
    }

    private long left(KeyChain chain) {
        KekProvider.Description root = look(chain);
        return count(REMAINING, (short) chain.code(), root.root(), root.newest());
    }

    private long count(String query, Object... values) {
        return sql.list(query, row -> row.getLong(1), values).getFirst();
    }

    @Override
    public List<Count> counts() {
        return roots.chains().stream()
                .flatMap(chain -> {
                    KekProvider.Description root = look(chain);
                    return versions.counts(chain, root.root(), root.newest()).stream();
                })
                .toList();
    }

    @Override
    public Optional<Instant> oldest() {
        return roots.chains().stream().flatMap(chain -> madeAt(chain).stream()).min(Instant::compareTo);
    }

    /** Tenants' keys of a chain that are wrapped under anything but the newest version. */
    private final class Old implements Sweep.Rows<TenantKekTable.Row> {

        private final KeyChain chain;
        private final UUID root;
        private final int newest;

        Old(KeyChain chain, UUID root, int newest) {
            this.chain = chain;
            this.root = root;
            this.newest = newest;
        }

        @Override
        public List<TenantKekTable.Row> lock(Connection transaction, Sweep.Cursor after, int most) throws SQLException {
            return KeySql.list(
                    transaction,
                    LOCK,
                    TenantKekTable::row,
                    (short) chain.code(),
                    root,
                    newest,
                    after.id(),
                    after.version(),
                    most);
        }

        @Override
        public Sweep.Cursor at(TenantKekTable.Row row) {
            return new Sweep.Cursor(row.kek(), row.version());
        }

        @Override
        public boolean replace(Connection transaction, TenantKekTable.Row row) throws SQLException {
            TenantKekTable.Row moved = wraps.rewrap(row);
            return KeySql.change(
                            transaction,
                            REPLACE,
                            moved.root(),
                            moved.wrapped().rootVersion(),
                            moved.wrapped().bytes(),
                            row.kek(),
                            row.version(),
                            row.root(),
                            row.wrapped().rootVersion(),
                            row.wrapped().bytes())
                    == 1;
        }
    }
}
