package io.byok.command.use;

import io.byok.command.bus.Ids;
import io.byok.command.head.KeyHeads;
import io.byok.command.head.SubjectDirectory;
import io.byok.command.store.Appender;
import io.byok.command.vault.CredentialVault;
import io.byok.platform.access.TokenVerifier;
import io.byok.platform.event.EventSealing;
import io.byok.platform.seal.SealState;
import io.byok.platform.web.ReadinessProbe;
import io.byok.platform.web.problem.Problems;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the feature. */
@Configuration(proxyBeanMethods = false)
class UseConfiguration {

    @Bean
    UseLedger useLedger(Appender appender, EventSealing sealing, Ids ids, Clock clock) {
        return new UseLedger(appender, sealing, new UseAdmission(clock), ids);
    }

    @Bean
    DataPlane dataPlane(
            Resolver resolver,
            TokenVerifier tokens,
            Problems problems,
            List<ReadinessProbe> probes,
            SealState seal,
            @Value("${byok.data-plane.host:127.0.0.1}") String host,
            @Value("${byok.data-plane.port:8081}") int port) {
        ResolveCall call = new ResolveCall(tokens, resolver);
        return new DataPlane(host, port, new DataPlaneRoutes(call, new DataPlaneHealth(probes), problems, seal));
    }

    @Bean
    Resolver resolver(
            SubjectDirectory subjects, KeyHeads heads, CredentialVault vault, UseLedger ledger, Ids ids, Clock clock) {
        return new Resolver(subjects, heads, vault, ledger, ids, clock);
    }
}
