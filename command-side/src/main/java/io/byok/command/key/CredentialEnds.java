package io.byok.command.key;

import io.byok.command.store.Alongside;
import io.byok.command.store.Pending;
import io.byok.command.vault.CredentialVault;
import io.byok.kernel.KeyId;
import io.byok.kernel.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Destroys credentials in the transaction of the events that say so. */
final class CredentialEnds implements Alongside<CredentialEnds.End> {

    /** What is destroyed. */
    sealed interface End {

        /** One version of a key's credential. */
        record OfVersion(KeyId key, int version) implements End {}

        /** All of a key's credential, with the data key that opened it. */
        record OfKey(TenantId tenant, KeyId key, Instant at) implements End {}
    }

    private final CredentialVault vault;

    CredentialEnds(CredentialVault vault) {
        this.vault = vault;
    }

    @Override
    public void write(Connection connection, List<Pending<End>> items) throws SQLException {
        for (Pending<End> item : items) {
            switch (item.value()) {
                case End.OfVersion end -> vault.destroy(connection, end.key(), end.version());
                case End.OfKey end -> vault.destroyAll(connection, end.tenant(), end.key(), end.at());
            }
        }
    }
}
