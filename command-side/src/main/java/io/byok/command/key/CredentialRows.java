package io.byok.command.key;

import io.byok.command.store.Alongside;
import io.byok.command.store.Pending;
import io.byok.command.vault.CredentialVault;
import io.byok.command.vault.SealedCredential;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Puts sealed credentials into the vault in the transaction of the events that speak of them. */
final class CredentialRows implements Alongside<SealedCredential> {

    private final CredentialVault vault;

    CredentialRows(CredentialVault vault) {
        this.vault = vault;
    }

    @Override
    public void write(Connection connection, List<Pending<SealedCredential>> items) throws SQLException {
        vault.write(connection, items.stream().map(Pending::value).toList());
    }
}
