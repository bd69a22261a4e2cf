package io.byok.platform.seal;

import io.byok.kernel.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * Destroys all that opens anything of a tenant in the keyring, in the caller's transaction: the key-encryption keys of both
 * chains, and every data key of the events chain under them. What the other chain's keys wrap lies in the vault and is
 * destroyed there, in the same transaction. From the commit on such a tenant gets no key any more, on any node.
 */
public final class TenantKeysGone {

    /**
     * A wrapped key as certificates and events name it.
     *
     * @param kind {@code kek-events} or {@code kek-credentials}
     * @param wrapHash SHA-256 of the wrap, 64 hex digits
     */
    public record Kek(UUID id, int version, String kind, String wrapHash) {}

    // Whoever makes a key of this tenant waits, and finds it erased afterwards (see V1_81).
    private static final String ALONE = "select pg_advisory_xact_lock(x'62796f6b'::int, hashtext(?::text))";
    private static final String LOCK = "select from keyring.tenant_kek where tenant = ? for update";
    private static final String KEKS =
            "select kek, version, chain, wrapped from keyring.tenant_kek where tenant = ? order by chain, kek, version";
    private static final String LOCK_DATA_KEYS = "select from keyring.data_key where tenant = ? for update";
    private static final String DATA_KEYS = "select kind, data_key, version, encode(sha256(wrapped), 'hex')"
            + " from keyring.data_key where tenant = ? order by kind, data_key, version";
    private static final String BURY_KEKS = "insert into keyring.kek_tombstone (kek, version, tenant, chain, wrap_hash,"
            + " legal_basis, epoch, destroyed_at) select kek, version, tenant, chain, sha256(wrapped), ?, ?, ?"
            + " from keyring.tenant_kek where tenant = ?";
    private static final String BURY =
            "insert into keyring.tombstone (data_key, version, tenant, kind, owner, wrap_hash,"
                    + " legal_basis, epoch, destroyed_at) select data_key, version, tenant, kind, owner, sha256(wrapped), ?, ?, ?"
                    + " from keyring.data_key where tenant = ?";
    private static final String DELETE = "delete from keyring.data_key where tenant = ?";
    private static final String DELETE_KEKS = "delete from keyring.tenant_kek where tenant = ?";

    private TenantKeysGone() {}

    /** The tenant's key-encryption keys, all versions; until the transaction ends none is added, rotated or used to wrap. */
    public static List<Kek> keks(Connection transaction, TenantId tenant) throws SQLException {
        KeySql.list(transaction, ALONE, row -> true, tenant.value());
        KeySql.list(transaction, LOCK, row -> true, tenant.value());
        // A statement of its own: the one that waited does not see what it waited for.
        return KeySql.list(
                transaction,
                KEKS,
                row -> new Kek(
                        row.getObject(1, UUID.class),
                        row.getInt(2),
                        "kek-" + KeyChain.of(row.getInt(3)).word(),
                        Tombstone.hash(row.getBytes(4))),
                tenant.value());
    }

    /**
     * Adds a line for each data key of the events chain, as a certificate has them: kind, id, version, hash of the wrap.
     *
     * @return how many
     */
    public static long tell(Connection transaction, TenantId tenant, MessageDigest lines) throws SQLException {
        KeySql.list(transaction, LOCK_DATA_KEYS, row -> true, tenant.value());
        return KeySql.list(
                        transaction,
                        DATA_KEYS,
                        row -> {
                            line(
                                    lines,
                                    DataKeyKind.of(row.getInt(1)),
                                    row.getObject(2, UUID.class),
                                    row.getInt(3),
                                    row.getString(4));
                            return true;
                        },
                        tenant.value())
                .size();
    }

    /** One such line. @param wrapHash 64 hex digits */
    public static void line(MessageDigest lines, DataKeyKind kind, UUID id, int version, String wrapHash) {
        lines.update("data-key %s %s %d %s\n"
                .formatted(kind.word(), id, version, wrapHash)
                .getBytes(StandardCharsets.US_ASCII));
    }

    /** Takes the lines; nothing yet. */
    public static MessageDigest noLines() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }

    /** What the lines come to, 64 hex digits. */
    public static String hash(MessageDigest lines) {
        return HexFormat.of().formatHex(lines.digest());
    }

    /** Deletes them all and puts up their tombstones, in an epoch that {@link Tombstones#bury} has begun. */
    public static void destroy(Connection transaction, TenantId tenant, String legalBasis, long epoch, Instant at)
            throws SQLException {
        for (String bury : List.of(BURY_KEKS, BURY)) {
            KeySql.change(transaction, bury, legalBasis, epoch, at.atOffset(ZoneOffset.UTC), tenant.value());
        }
        KeySql.change(transaction, DELETE, tenant.value());
        KeySql.change(transaction, DELETE_KEKS, tenant.value());
    }

    /** What was destroyed after an epoch. */
    static List<TenantKeks.Name> since(Connection connection, long epoch) throws SQLException {
        return KeySql.list(
                connection,
                "select tenant, chain, kek, version from keyring.kek_tombstone where epoch > ?",
                row -> new TenantKeks.Name(
                        new TenantId(row.getObject(1, UUID.class)),
                        KeyChain.of(row.getInt(2)),
                        row.getObject(3, UUID.class),
                        row.getInt(4)),
                epoch);
    }
}
