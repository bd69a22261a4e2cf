package io.byok.platform.seal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the key chain. The root is {@code byok.encryption-key} where it is set, and otherwise the file {@code
 * byok.keyring}, which the first start creates in the data directory. A root that is to be left is named in {@code
 * byok.previous-encryption-key}, or lies in the file {@code byok.previous-keyring}, until rotation has moved everything.
 */
@Configuration(proxyBeanMethods = false)
public class SealConfiguration {

    /** The first thing that holds a root: before it does, the ciphers of this machine are proved. */
    @Bean
    public Roots roots(
            @Value("${byok.encryption-key:#{null}}") @Nullable String encryptionKey,
            @Value("${byok.previous-encryption-key:#{null}}") @Nullable String previousKey,
            @Value("${byok.keyring:${byok.data-dir:.byok}/keyring}") Path file,
            @Value("${byok.previous-keyring:#{null}}") @Nullable Path previousFile)
            throws IOException {
        SelfTest.run();
        Map<KeyChain, KekProvider> current =
                encryptionKey == null ? KeyringFile.openOrCreate(file).roots() : EnvironmentRoot.roots(encryptionKey);
        return new Roots(current, previous(previousKey, previousFile));
    }

    private static Map<KeyChain, KekProvider> previous(@Nullable String key, @Nullable Path file) throws IOException {
        if (key != null && file != null) {
            throw new KeyRefused("there is one root to leave: set BYOK_PREVIOUS_ENCRYPTION_KEY or"
                    + " byok.previous-keyring, not both");
        }
        if (file != null) {
            return KeyringFile.open(file).roots();
        }
        return key == null ? Map.of() : EnvironmentRoot.roots(key);
    }

    @Bean
    @DependsOnDatabaseInitialization
    public TenantKeks tenantKeks(DataSource database, Roots roots) {
        TenantKeks keks = new TenantKeks(database, roots);
        keks.proveRoots();
        return keks;
    }

    @Bean
    public Keyring keyring(DataSource database, TenantKeks tenantKeks) {
        return new Keyring(database, tenantKeks);
    }

    /** A node has one name for as long as it has its directory, which one process at a time can have. */
    @Bean(initMethod = "start")
    @DependsOnDatabaseInitialization
    public KeyNode keyNode(
            DataSource database,
            Keyring keyring,
            @Value("${byok.data-dir:.byok}/node") Path file,
            @Value("${byok.role:all}") String role)
            throws IOException {
        return new KeyNode(database, keyring, KeyNode.nameIn(file), role);
    }

    @Bean
    public PlatformSigner platformSigner(Keyring keyring) {
        return new PlatformSigner(keyring);
    }

    /** Makes the key on a side that may; the query side's role only reads keys. */
    @Bean
    public CheckpointSigner checkpointSigner(Keyring keyring, @Value("${byok.role:all}") String role) {
        CheckpointSigner signer = new CheckpointSigner(keyring);
        if (!role.equalsIgnoreCase("query")) {
            signer.prepare();
        }
        return signer;
    }

    @Bean
    public LookupHash lookupHash(Keyring keyring) {
        return new LookupHash(keyring);
    }
}
