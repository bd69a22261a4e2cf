package io.byok.command.vault;

import io.byok.platform.seal.LookupHash;
import io.byok.platform.seal.TenantKeks;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the vault. */
@Configuration(proxyBeanMethods = false)
class VaultConfiguration {

    static {
        VaultSchemas.register();
    }

    @Bean
    CredentialVault credentialVault(DataSource database, TenantKeks tenantKeks, LookupHash lookupHash) {
        return new CredentialVault(database, tenantKeks, lookupHash);
    }
}
