package io.byok.platform.seal.root;

import io.byok.platform.seal.CheckpointSigner;
import io.byok.platform.seal.KeyNode;
import io.byok.platform.seal.Keyring;
import io.byok.platform.seal.LookupHash;
import io.byok.platform.seal.PlatformSigner;
import io.byok.platform.seal.Roots;
import io.byok.platform.seal.SealState;
import io.byok.platform.seal.SelfTest;
import io.byok.platform.seal.TenantKeks;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wires the key chain. Which provider holds the roots is {@link RootChoice}'s affair. */
@Configuration(proxyBeanMethods = false)
public class SealConfiguration {

    /** The first thing that holds a root: before it does, the ciphers of this machine are proved. */
    @Bean
    @DependsOnDatabaseInitialization
    public Roots roots(Environment environment, DataSource database, MeterRegistry meters) {
        SelfTest.run();
        return new RootChoice(environment::getProperty)
                .open(new Surroundings(meters, () -> TenantKeks.existIn(database)));
    }

    @Bean
    public TenantKeks tenantKeks(DataSource database, Roots roots) {
        return new TenantKeks(database, roots);
    }

    @Bean
    public SealState sealState(Roots roots, TenantKeks tenantKeks) {
        return SealState.of(() -> {
            roots.refresh();
            tenantKeks.proveRoots();
        });
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
    public CheckpointSigner checkpointSigner(
            Keyring keyring,
            SealState seal,
            @Value("${byok.role:all}") String role,
            @Value("${byok.audit.ml-dsa:false}") boolean twice) {
        CheckpointSigner signer = new CheckpointSigner(keyring, twice);
        if (!role.equalsIgnoreCase("query")) {
            seal.beforeServing(signer::prepare);
        }
        return signer;
    }

    @Bean
    public LookupHash lookupHash(Keyring keyring) {
        return new LookupHash(keyring);
    }
}
