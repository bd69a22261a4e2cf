package io.byok.platform.seal;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** {@code keyring.root_version}: which versions of which roots this database has met, and which may still wrap. */
final class RootVersions {

    /** A version that is retired and not destroyed yet. */
    record Retired(UUID root, int version) {}

    private static final String MET =
            "insert into keyring.root_version (chain, root, version) values (?, ?, ?) on conflict do nothing";
    private static final String MADE_AT =
            "select made_at from keyring.root_version where chain = ? and root = ? and version = ?";
    private static final String IS_RETIRED = "select from keyring.root_version"
            + " where chain = ? and root = ? and version = ? and retired_at is not null";
    private static final String LOCK = "select from keyring.root_version"
            + " where chain = ? and not (root = ? and version = ?) and retired_at is null for update";
    private static final String RETIRE = "update keyring.root_version set retired_at = now()"
            + " where chain = ? and not (root = ? and version = ?) and retired_at is null";
    private static final String RETIRED = "select root, version from keyring.root_version"
            + " where chain = ? and not (root = ? and version = ?) and retired_at is not null and destroyed_at is null"
            + " order by root, version";
    private static final String DESTROYED = "update keyring.root_version set destroyed_at = now()"
            + " where chain = ? and root = ? and version = ? and destroyed_at is null";
    private static final String COUNTS = "select v.root, v.version, count(t.kek) from keyring.root_version v"
            + " left join keyring.tenant_kek t on t.chain = v.chain and t.root = v.root and t.root_version = v.version"
            + " where v.chain = ? and v.destroyed_at is null group by v.root, v.version order by v.root, v.version";

    private final KeySql sql;

    RootVersions(DataSource database) {
        this.sql = new KeySql(database);
    }

    /** Enters what a root says it has. */
    void met(KeyChain chain, KekProvider.Description root) {
        root.versions().forEach(version -> sql.change(MET, (short) chain.code(), root.root(), version));
    }

    /** When this database first met the version. */
    Optional<Instant> madeAt(KeyChain chain, UUID root, int version) {
        return sql
                .list(
                        MADE_AT,
                        row -> row.getObject(1, OffsetDateTime.class).toInstant(),
                        (short) chain.code(),
                        root,
                        version)
                .stream()
                .findFirst();
    }

    /**
     * From its return on nothing new comes under any other version of the chain: whoever was storing a wrap has
     * committed, for each of them holds a share of the version's row, and whoever comes later is refused.
     */
    void retireAllBut(KeyChain chain, UUID root, int version) {
        sql.together(transaction -> {
            KeySql.list(transaction, LOCK, row -> true, (short) chain.code(), root, version);
            return KeySql.change(transaction, RETIRE, (short) chain.code(), root, version);
        });
    }

    /** Whether a rotation has left this version: nothing new comes under it, ever. */
    boolean isRetired(KeyChain chain, UUID root, int version) {
        return !sql.list(IS_RETIRED, row -> true, (short) chain.code(), root, version)
                .isEmpty();
    }

    List<Retired> retired(KeyChain chain, UUID newestRoot, int newestVersion) {
        return sql.list(
                RETIRED,
                row -> new Retired(row.getObject(1, UUID.class), row.getInt(2)),
                (short) chain.code(),
                newestRoot,
                newestVersion);
    }

    void destroyed(KeyChain chain, UUID root, int version) {
        sql.change(DESTROYED, (short) chain.code(), root, version);
    }

    /** How many tenants' keys are wrapped under each version that lives. */
    List<Rotation.Count> counts(KeyChain chain, UUID newestRoot, int newestVersion) {
        return sql.list(
                COUNTS,
                row -> {
                    UUID root = row.getObject(1, UUID.class);
                    int version = row.getInt(2);
                    return new Rotation.Count(
                            KeyLevel.ROOT,
                            chain,
                            root,
                            version,
                            root.equals(newestRoot) && version == newestVersion,
                            row.getLong(3));
                },
                (short) chain.code());
    }
}
