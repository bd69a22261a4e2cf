package io.byok.platform.seal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.platform.seal.Keyring.Name;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** {@code keyring.tombstone}: what was destroyed on purpose, and the one way to destroy a data key of the keyring. */
public final class Tombstones {

    private static final String LOCK =
            "select from keyring.data_key where tenant = ? and kind = ? and owner = ? order by version for update";
    private static final String KEYS = "select data_key, version, wrapped from keyring.data_key"
            + " where tenant = ? and kind = ? and owner = ? order by version for update";
    private static final String AUDIT_YEARS =
            "select distinct owner from keyring.data_key where tenant = ? and kind = ? order by owner";
    private static final String BURY = "insert into keyring.tombstone"
            + " (data_key, version, tenant, kind, owner, wrap_hash, legal_basis, destroyed_at, epoch)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";
    private static final String DELETE =
            "delete from keyring.data_key where data_key = ? and version = ? and sha256(wrapped) = ?";
    private static final String SINCE = "select data_key, version, tenant, kind, owner, wrap_hash, legal_basis,"
            + " destroyed_at from keyring.tombstone where epoch > ? order by epoch, data_key, version";

    private final DataSource database;
    // A tombstone stands for ever, so what was found once need never be looked for again.
    private final Cache<Name, Boolean> found =
            Caffeine.newBuilder().maximumSize(100_000).build();

    public Tombstones(DataSource database) {
        this.database = database;
    }

    /** Whether this very version was destroyed on purpose. */
    boolean has(Name name) {
        if (found.getIfPresent(name) != null) {
            return true;
        }
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select from keyring.tombstone where data_key = ? and version = ?")) {
            select.setObject(1, name.id());
            select.setInt(2, name.version());
            try (ResultSet rows = select.executeQuery()) {
                boolean there = rows.next();
                if (there) {
                    found.put(name, true);
                }
                return there;
            }
        } catch (SQLException away) {
            throw new KeysUnavailable("the keyring's tables do not answer", away);
        }
    }

    /** All versions of an end user's key, as they would be buried now; rotation waits until the transaction ends. */
    public static List<Tombstone> ofSubject(
            Connection connection, TenantId tenant, SubjectId subject, String legalBasis, Instant at)
            throws SQLException {
        return of(connection, tenant, DataKeyKind.SUBJECT, subject.value(), legalBasis, at);
    }

    /** All versions of a tenant's audit key of a calendar year, as they would be buried now. */
    public static List<Tombstone> ofYear(
            Connection connection, TenantId tenant, int year, String legalBasis, Instant at) throws SQLException {
        return of(connection, tenant, DataKeyKind.AUDIT, DataKeyRef.owner(year), legalBasis, at);
    }

    /** The calendar years for which a tenant has an audit key, in their order. */
    public static List<Integer> auditYears(Connection connection, TenantId tenant) throws SQLException {
        List<Integer> years = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(AUDIT_YEARS)) {
            select.setObject(1, tenant.value());
            select.setShort(2, (short) DataKeyKind.AUDIT.code());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    years.add((int) rows.getObject(1, UUID.class).getLeastSignificantBits());
                }
            }
        }
        return years;
    }

    private static List<Tombstone> of(
            Connection connection, TenantId tenant, DataKeyKind kind, UUID owner, String legalBasis, Instant at)
            throws SQLException {
        List<Tombstone> tombstones = new ArrayList<>();
        // Locked first, and read by a statement of its own: the one that waits for a rotation sees what was there
        // before
        // it began to wait, and would overlook the version which that rotation has just committed.
        KeySql.list(connection, LOCK, row -> true, tenant.value(), (short) kind.code(), owner);
        try (PreparedStatement select = connection.prepareStatement(KEYS)) {
            select.setObject(1, tenant.value());
            select.setShort(2, (short) kind.code());
            select.setObject(3, owner);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    UUID id = rows.getObject(1, UUID.class);
                    DataKeyRef ref = new DataKeyRef(tenant, kind, owner, id, rows.getInt(2));
                    tombstones.add(Tombstone.of(ref, rows.getBytes(3), legalBasis, at));
                }
            }
        }
        return tombstones;
    }

    /**
     * Deletes the wrapped keys of the keyring that these name, in the caller's transaction.
     *
     * @return how many there were with just these wraps
     */
    public static int delete(Connection transaction, List<Tombstone> tombstones) throws SQLException {
        int deleted = 0;
        try (PreparedStatement delete = transaction.prepareStatement(DELETE)) {
            for (Tombstone one : tombstones) {
                delete.setObject(1, one.ref().id());
                delete.setInt(2, one.ref().version());
                delete.setBytes(3, HexFormat.of().parseHex(one.wrapHash()));
                deleted += delete.executeUpdate();
            }
        }
        return deleted;
    }

    /**
     * Begins a new epoch and puts the tombstones up in it, in the caller's transaction. Nodes that have reached the epoch
     * hold none of these keys any more.
     */
    public static long bury(Connection transaction, List<Tombstone> tombstones) throws SQLException {
        long epoch;
        try (PreparedStatement begin =
                        transaction.prepareStatement("update keyring.epoch set epoch = epoch + 1 returning epoch");
                ResultSet row = begin.executeQuery()) {
            row.next();
            epoch = row.getLong(1);
        }
        try (PreparedStatement insert = transaction.prepareStatement(BURY)) {
            for (Tombstone one : tombstones) {
                insert.setObject(1, one.ref().id());
                insert.setInt(2, one.ref().version());
                insert.setObject(3, one.ref().tenant().value());
                insert.setShort(4, (short) one.ref().kind().code());
                insert.setObject(5, one.ref().owner());
                insert.setBytes(6, HexFormat.of().parseHex(one.wrapHash()));
                insert.setString(7, one.legalBasis());
                insert.setObject(8, one.at().atOffset(ZoneOffset.UTC));
                insert.setLong(9, epoch);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        return epoch;
    }

    /** What was destroyed after an epoch. */
    static List<Tombstone> since(Connection connection, long epoch) throws SQLException {
        List<Tombstone> tombstones = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SINCE)) {
            select.setLong(1, epoch);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    tombstones.add(new Tombstone(
                            new DataKeyRef(
                                    new TenantId(rows.getObject(3, UUID.class)),
                                    DataKeyKind.of(rows.getInt(4)),
                                    rows.getObject(5, UUID.class),
                                    rows.getObject(1, UUID.class),
                                    rows.getInt(2)),
                            HexFormat.of().formatHex(rows.getBytes(6)),
                            rows.getString(7),
                            rows.getObject(8, OffsetDateTime.class).toInstant()));
                }
            }
        }
        return tombstones;
    }
}
