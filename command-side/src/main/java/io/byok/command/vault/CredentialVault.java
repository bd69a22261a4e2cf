package io.byok.command.vault;

import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.platform.seal.DataKeyKind;
import io.byok.platform.seal.KeysUnavailable;
import io.byok.platform.seal.LookupHash;
import io.byok.platform.seal.MintedKey;
import io.byok.platform.seal.Rereading;
import io.byok.platform.seal.RetiredParent;
import io.byok.platform.seal.SealingKey;
import io.byok.platform.seal.TenantKeks;
import io.byok.platform.seal.Tombstone;
import io.byok.platform.seal.Tombstones;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Credentials at rest. Each provider key has a random data key of its own, wrapped for its tenant; each field of each
 * version is sealed by itself, bound to tenant, subject, key, version and name. Nothing in the clear and no unwrapped
 * data key is kept here, so that what is destroyed is gone with the commit. Safe for any number of threads.
 *
 * <p>Methods that take no connection use one of their own: call them outside of transactions. They throw
 * {@link KeysUnavailable} when root or database are away, and {@link io.byok.platform.seal.SealBroken} for rows that were
 * tampered with.
 */
public final class CredentialVault {

    /** The basis of a tombstone that nobody's erasure put up. */
    private static final String DELETED = "the key was deleted";

    private final DataSource database;
    private final TenantKeks tenantKeks;
    private final LookupHash lookupHash;

    /** @param database where schema {@code vault} lives */
    public CredentialVault(DataSource database, TenantKeks tenantKeks, LookupHash lookupHash) {
        this.database = database;
        this.tenantKeks = tenantKeks;
        this.lookupHash = lookupHash;
    }

    /**
     * Seals a version and stores nothing yet. The key's first version gets a new data key, later ones use the same.
     *
     * @param version of the credential, from 1
     * @param credential lent; closing it is the caller's affair
     * @throws CredentialDestroyed for a later version of a key whose data key is gone
     */
    public SealedCredential seal(TenantId tenant, SubjectId subject, KeyId key, int version, Credential credential) {
        if (version == 1) {
            try (MintedKey minted = tenantKeks.mint(tenant, DataKeyKind.CREDENTIAL, key.value())) {
                CredentialSeal seal = new CredentialSeal(minted.ref(), subject, key, version);
                return sealed(seal, minted.key(), new WrappedCredentialKey(minted.ref(), minted.wrapped()), credential);
            }
        }
        return Rereading.until(
                        () -> read(connection -> VaultTables.key(connection, tenant, key)),
                        WrappedCredentialKey::wrapped,
                        stored -> unwrap(stored).map(dataKey -> {
                            try (dataKey) {
                                CredentialSeal seal = new CredentialSeal(stored.ref(), subject, key, version);
                                return sealed(seal, dataKey, null, credential);
                            }
                        }))
                .orElseThrow(() -> new CredentialDestroyed(key));
    }

    private static SealedCredential sealed(
            CredentialSeal seal, SealingKey dataKey, @Nullable WrappedCredentialKey newKey, Credential credential) {
        return new SealedCredential(
                seal.ref().tenant(),
                seal.subject(),
                seal.key(),
                seal.version(),
                newKey,
                List.copyOf(credential.names()),
                seal.seal(dataKey, credential));
    }

    /**
     * Stores sealed versions in the caller's transaction. A version that is already there fails it.
     *
     * @throws RetiredParent when a key above one of them was rotated since it was sealed: nothing of the transaction can
     *     be committed, and sealing again succeeds
     */
    public void write(Connection transaction, List<SealedCredential> credentials) throws SQLException {
        try {
            VaultTables.insert(transaction, credentials);
        } catch (SQLException refused) {
            if (RetiredParent.is(refused)) {
                credentials.forEach(credential -> tenantKeks.reload(credential.tenant()));
                throw new RetiredParent();
            }
            throw refused;
        }
    }

    /** A version in the clear, owned by the caller; empty when there is none, or none any more. */
    public Optional<Credential> open(TenantId tenant, SubjectId subject, KeyId key, int version) {
        return Rereading.until(
                () -> read(connection -> VaultTables.find(connection, tenant, subject, key, version)),
                stored -> stored.key().wrapped(),
                stored -> unwrap(stored.key()).map(dataKey -> {
                    try (dataKey) {
                        return new CredentialSeal(stored.key().ref(), subject, key, version)
                                .open(dataKey, stored.fields(), stored.sealed());
                    }
                }));
    }

    /** Destroys one version in the caller's transaction. */
    public void destroy(Connection transaction, KeyId key, int version) throws SQLException {
        VaultTables.delete(transaction, key, version);
    }

    /**
     * Destroys every version and the data key itself, in the caller's transaction, and puts up its tombstone. No later
     * version can be sealed.
     */
    public void destroyAll(Connection transaction, TenantId tenant, KeyId key, Instant at) throws SQLException {
        List<Tombstone> tombstones = tombstones(transaction, tenant, List.of(key), DELETED, at);
        delete(transaction, List.of(key));
        Tombstones.bury(transaction, tombstones);
    }

    /** The data keys of these provider keys, as they would be buried now; rotation waits until the transaction ends. */
    public static List<Tombstone> tombstones(
            Connection connection, TenantId tenant, Collection<KeyId> keys, String legalBasis, Instant at)
            throws SQLException {
        return VaultTables.keys(connection, tenant, keys).stream()
                .map(key -> Tombstone.of(key.ref(), key.wrapped(), legalBasis, at))
                .toList();
    }

    /** Deletes the data keys of these provider keys, with every credential they open, in the caller's transaction. */
    public static void delete(Connection transaction, Collection<KeyId> keys) throws SQLException {
        VaultTables.deleteAll(transaction, keys.stream().map(KeyId::value).toList());
    }

    /** How many sealed versions these provider keys have. */
    public static int count(Connection connection, Collection<KeyId> keys) throws SQLException {
        return VaultTables.count(connection, keys.stream().map(KeyId::value).toList());
    }

    /**
     * Recognises a credential without knowing it: 32 hex digits, equal for equal credentials of one tenant and provider,
     * keyed so that a stolen list of fingerprints cannot be tested against guesses.
     */
    public String fingerprint(TenantId tenant, String provider, Credential credential) {
        return Fingerprint.of(lookupHash, tenant, provider, credential);
    }

    private Optional<SealingKey> unwrap(WrappedCredentialKey key) {
        return tenantKeks.unwrap(key.ref(), key.wrapped());
    }

    private <R> Optional<R> read(Query<R> query) {
        try (Connection connection = database.getConnection()) {
            return query.on(connection);
        } catch (SQLException away) {
            throw new KeysUnavailable("the vault's tables do not answer", away);
        }
    }

    @FunctionalInterface
    private interface Query<R> {
        Optional<R> on(Connection connection) throws SQLException;
    }
}
