package io.byok.query.audit.tree;

import io.byok.platform.seal.CheckpointSigner;
import io.byok.platform.seal.KeysUnavailable;
import io.byok.platform.seal.LookupHash;
import io.byok.platform.seal.NoteKey;
import io.byok.platform.seal.SealState;
import io.byok.query.wall.TenantReads;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the audit logs. Signing begins before the feed does, and refuses to when the database was rolled back. */
@Configuration(proxyBeanMethods = false)
public class AuditTreeConfiguration {

    @Bean
    Blinds blinds(LookupHash hash) {
        return Blinds.from(hash);
    }

    @Bean
    Checkpoints checkpoints(TenantReads reads) {
        return new Checkpoints(reads.dsl());
    }

    @Bean
    Origins origins(CheckpointSigner signer) {
        return new Origins(signer);
    }

    @Bean
    ProofReader proofReader(TenantReads reads, Checkpoints checkpoints, Origins origins) {
        return new ProofReader(reads.dsl(), checkpoints, origins);
    }

    @Bean
    Export auditExport(TenantReads reads, Origins origins, Blinds blinds) {
        return new Export(reads.dsl(), origins, blinds);
    }

    @Bean
    Checkpointer checkpointer(
            DataSource database,
            CheckpointSigner signer,
            Origins origins,
            MeterRegistry registry,
            SealState seal,
            @Value("${byok.kafka.bootstrap-servers}") String bootstrapServers,
            @Value("${byok.data-dir:.byok}/audit.signed") Path file) {
        DSLContext own = DSL.using(database, SQLDialect.POSTGRES);
        LastSigned lastSigned = new LastSigned(file);
        Checkpoints checkpoints = new Checkpoints(own);
        PublishedState published = new PublishedState(bootstrapServers, CheckpointTopic.NAME);
        // Whose signature it is, only the keys tell: on a sealed node it is looked at before anybody is served.
        seal.beforeServing(() -> check(lastSigned, published, checkpoints, origins));
        return new Checkpointer(
                database,
                new Signing(own, signer, origins, InstantSource.system()),
                checkpoints,
                origins,
                lastSigned,
                new CheckpointTopic(bootstrapServers, CheckpointTopic.NAME),
                registry);
    }

    private static void check(
            LastSigned lastSigned, PublishedState published, Checkpoints checkpoints, Origins origins) {
        NoteKey key;
        try {
            key = origins.key(AuditTrees.PLATFORM);
        } catch (KeysUnavailable notMadeYet) {
            if (isPresent(lastSigned)) {
                throw notMadeYet;
            }
            return; // a database whose key was not made yet has signed nothing
        }
        try {
            lastSigned.check(checkpoints, key);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        published.check(checkpoints, key);
    }

    private static boolean isPresent(LastSigned lastSigned) {
        try {
            return lastSigned.read().isPresent();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
