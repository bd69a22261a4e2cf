package io.byok.command.vault;

import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.platform.seal.DataKeyKind;
import io.byok.platform.seal.DataKeyRef;
import io.byok.platform.seal.KeySql;
import io.byok.platform.seal.KeysUnavailable;
import io.byok.platform.seal.MintedKey;
import io.byok.platform.seal.RetiredParent;
import io.byok.platform.seal.RotationWatch;
import io.byok.platform.seal.SealBroken;
import io.byok.platform.seal.SealingKey;
import io.byok.platform.seal.TenantKeks;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/**
 * Replaces the data key of one provider key, and everything sealed under it, in one transaction.
 *
 * <p>Against whoever changes the same key at that moment: the key's row is locked first, then its credentials, and
 * nobody is waited for: a row that is held is left for the next round, so that no command ever loses to rotation. Who
 * comes later waits for a few milliseconds and finds the row in its new form. One who sealed a new version under the old
 * data key is refused by the fence and seals again. What was deleted is not there to be locked, and stays deleted.
 */
final class Resealing {

    private static final String LOCK_KEY = "select tenant, key, data_key, version, wrapped from vault.credential_key"
            + " where key = ? and created_at < ? for update skip locked";
    private static final String LOCK_CREDENTIALS = "select version, subject, fields, sealed from vault.credential"
            + " where key = ? and tenant = ? order by version for update nowait";
    private static final String REPLACE_KEY = "update vault.credential_key"
            + " set version = ?, wrapped = ?, created_at = now() where key = ? and version = ? and wrapped = ?";
    private static final String REPLACE =
            "update vault.credential set sealed = ? where key = ? and version = ? and sealed = ?";
    private static final String HELD = "55P03"; // lock_not_available

    private record Row(int version, SubjectId subject, List<String> fields, List<byte[]> sealed) {}

    private final TenantKeks keks;

    Resealing(TenantKeks keks) {
        this.keks = keks;
    }

    /**
     * Whether the key was renewed; false when it is gone, new already, or held by somebody.
     *
     * @throws SealBroken when its wrap or one of its credentials does not open; then nothing was changed
     */
    boolean of(Connection transaction, KeyId key, Instant begun, RotationWatch watch) throws SQLException {
        List<WrappedCredentialKey> locked =
                KeySql.list(transaction, LOCK_KEY, Resealing::key, key.value(), begun.atOffset(ZoneOffset.UTC));
        if (locked.isEmpty()) {
            return false;
        }
        WrappedCredentialKey old = locked.getFirst();
        List<Row> rows;
        try {
            rows = KeySql.list(
                    transaction,
                    LOCK_CREDENTIALS,
                    Resealing::row,
                    key.value(),
                    old.ref().tenant().value());
        } catch (SQLException held) {
            if (HELD.equals(held.getSQLState())) {
                transaction.rollback();
                return false;
            }
            throw held;
        }
        try (SealingKey from = keks.unwrap(old.ref(), old.wrapped()).orElseThrow(SealBroken::new);
                MintedKey to = keks.mintAfter(old.ref())) {
            prove(to);
            for (Row row : rows) {
                reseal(transaction, key, row, old.ref(), from, to);
                watch.reached(RotationWatch.Step.REWRAPPED);
            }
            one(KeySql.change(
                    transaction,
                    REPLACE_KEY,
                    to.ref().version(),
                    to.wrapped(),
                    key.value(),
                    old.ref().version(),
                    old.wrapped()));
            return true;
        } catch (SQLException refused) {
            if (RetiredParent.is(refused)) {
                keks.reload(old.ref().tenant());
            }
            throw refused;
        }
    }

    // What is stored is what opens: the wrap is opened before anything depends on it.
    private void prove(MintedKey minted) {
        try (SealingKey again = keks.unwrap(minted.ref(), minted.wrapped()).orElseThrow(SealBroken::new)) {
            again.requireSameAs(minted.key());
        }
    }

    private static void reseal(
            Connection transaction, KeyId key, Row row, DataKeyRef old, SealingKey from, MintedKey to)
            throws SQLException {
        CredentialSeal before = new CredentialSeal(old, row.subject(), key, row.version());
        CredentialSeal after = new CredentialSeal(to.ref(), row.subject(), key, row.version());
        try (Credential credential = before.open(from, row.fields(), row.sealed())) {
            List<byte[]> sealed = after.seal(to.key(), credential);
            try (Credential again = after.open(to.key(), row.fields(), sealed)) {
                if (!again.holdsTheSameAs(credential)) {
                    throw new SealBroken();
                }
            }
            one(KeySql.change(
                    transaction,
                    REPLACE,
                    array(transaction, sealed),
                    key.value(),
                    row.version(),
                    array(transaction, row.sealed())));
        }
    }

    private static java.sql.Array array(Connection connection, List<byte[]> sealed) throws SQLException {
        return connection.createArrayOf("bytea", sealed.toArray(byte[][]::new));
    }

    // The rows are locked, so a comparison that fails is a bug; nothing is committed then.
    private static void one(int changed) {
        if (changed != 1) {
            throw new KeysUnavailable("a locked row changed under rotation", null);
        }
    }

    private static WrappedCredentialKey key(ResultSet row) throws SQLException {
        return new WrappedCredentialKey(
                new DataKeyRef(
                        new TenantId(row.getObject(1, UUID.class)),
                        DataKeyKind.CREDENTIAL,
                        row.getObject(2, UUID.class),
                        row.getObject(3, UUID.class),
                        row.getInt(4)),
                row.getBytes(5));
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getInt(1),
                new SubjectId(row.getObject(2, UUID.class)),
                VaultTables.whole((String[]) row.getArray(3).getArray()),
                VaultTables.whole((byte[][]) row.getArray(4).getArray()));
    }
}
