package io.byok.command.vault;

import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.platform.seal.Aad;
import io.byok.platform.seal.DataKeyKind;
import io.byok.platform.seal.DataKeyRef;
import io.byok.platform.seal.KeysUnavailable;
import io.byok.platform.seal.LookupHash;
import io.byok.platform.seal.MintedKey;
import io.byok.platform.seal.Opener;
import io.byok.platform.seal.Sealer;
import io.byok.platform.seal.SealingKey;
import io.byok.platform.seal.TenantKeks;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
                WrappedCredentialKey newKey = new WrappedCredentialKey(minted.ref(), minted.wrapped());
                return seal(minted.ref(), minted.key(), newKey, subject, key, version, credential);
            }
        }
        WrappedCredentialKey stored = read(connection -> VaultTables.key(connection, tenant, key))
                .orElseThrow(() -> new CredentialDestroyed(key));
        try (SealingKey dataKey = unwrap(stored).orElseThrow(() -> new CredentialDestroyed(key))) {
            return seal(stored.ref(), dataKey, null, subject, key, version, credential);
        }
    }

    private static SealedCredential seal(
            DataKeyRef ref,
            SealingKey dataKey,
            @Nullable WrappedCredentialKey newKey,
            SubjectId subject,
            KeyId key,
            int version,
            Credential credential) {
        List<byte[]> sealed = new ArrayList<>();
        credential.forEach((name, secret) -> {
            Aad place = Aad.secret(ref.tenant(), subject, key, version, name);
            sealed.add(secret.exposeForIntake(bytes -> Sealer.seal(ref, dataKey, place, bytes)));
        });
        return new SealedCredential(
                ref.tenant(), subject, key, version, newKey, List.copyOf(credential.names()), sealed);
    }

    /** Stores sealed versions in the caller's transaction. A version that is already there fails it. */
    public void write(Connection transaction, List<SealedCredential> credentials) throws SQLException {
        VaultTables.insert(transaction, credentials);
    }

    /** A version in the clear, owned by the caller; empty when there is none, or none any more. */
    public Optional<Credential> open(TenantId tenant, SubjectId subject, KeyId key, int version) {
        return read(connection -> VaultTables.find(connection, tenant, subject, key, version))
                .flatMap(stored -> unwrap(stored.key()).map(dataKey -> {
                    try (dataKey) {
                        return open(stored, dataKey, subject, key, version);
                    }
                }));
    }

    private static Credential open(
            VaultTables.Stored stored, SealingKey dataKey, SubjectId subject, KeyId key, int version) {
        DataKeyRef ref = stored.key().ref();
        Map<String, SecretBytes> fields = new LinkedHashMap<>();
        try {
            for (int i = 0; i < stored.fields().size(); i++) {
                String name = stored.fields().get(i);
                Aad place = Aad.secret(ref.tenant(), subject, key, version, name);
                byte[] secret = Opener.open(ref, dataKey, stored.sealed().get(i), place);
                fields.put(name, SecretBytes.owning(secret));
            }
            return new Credential(fields);
        } catch (RuntimeException broken) {
            fields.values().forEach(SecretBytes::close); // all fields or none: half a credential is never handed out
            throw broken;
        }
    }

    /** Destroys one version in the caller's transaction. */
    public void destroy(Connection transaction, KeyId key, int version) throws SQLException {
        VaultTables.delete(transaction, key, version);
    }

    /** Destroys every version and the data key itself, in the caller's transaction. No later version can be sealed. */
    public void destroyAll(Connection transaction, KeyId key) throws SQLException {
        VaultTables.deleteAll(transaction, key);
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
