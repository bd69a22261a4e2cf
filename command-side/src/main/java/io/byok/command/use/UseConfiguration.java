package io.byok.command.use;

import io.byok.command.bus.Ids;
import io.byok.command.head.KeyHeads;
import io.byok.command.head.OutcomeListener;
import io.byok.command.head.Standings;
import io.byok.command.head.SubjectDirectory;
import io.byok.command.store.Appender;
import io.byok.command.vault.CredentialVault;
import io.byok.command.vault.OpenedCredentials;
import io.byok.kernel.KeyId;
import io.byok.platform.event.EventSealing;
import io.byok.platform.seal.DataKeyKind;
import io.byok.platform.seal.KeyNode;
import io.byok.platform.seal.SealState;
import io.byok.platform.tls.ServingCertificate;
import io.byok.platform.web.ReadinessProbe;
import io.byok.platform.web.door.Doorkeeper;
import io.byok.platform.web.door.Proxies;
import io.byok.platform.web.door.RefusalListener;
import io.byok.platform.web.limit.RateLimits;
import io.byok.platform.web.problem.Problems;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the feature. */
@Configuration(proxyBeanMethods = false)
class UseConfiguration {

    private static final int MOST_OPENED = 10_000;
    private static final Duration LONGEST_OPENED = Duration.ofSeconds(30);

    @Bean
    UseLedger useLedger(Appender appender, EventSealing sealing, Ids ids, Clock clock) {
        return new UseLedger(appender, sealing, new UseAdmission(clock), ids, clock);
    }

    /** @param rest how long a key that failed rests, unless the provider said how long */
    @Bean
    Circuits circuits(@Value("${byok.circuit.rest:30s}") Duration rest, Clock clock) {
        return new Circuits(rest, clock);
    }

    @Bean
    Outcomes outcomes(KeyHeads heads, Circuits circuits, ObjectProvider<OutcomeListener> listeners, Clock clock) {
        return new Outcomes(heads, circuits, listeners.stream().toList(), clock);
    }

    /** @param longest how long what decisions are made of is remembered; 0 for not at all */
    @Bean
    KnownStandings knownStandings(
            SubjectDirectory subjects, Standings standings, @Value("${byok.cache.ttl:300s}") Duration longest) {
        return new KnownStandings(subjects, standings, longest);
    }

    /** Secrets in the clear are kept no longer than half a minute, whatever the setting. */
    @Bean(destroyMethod = "close")
    OpenedCredentials openedCredentials(
            CredentialVault vault, KeyNode node, @Value("${byok.cache.ttl:300s}") Duration longest) {
        OpenedCredentials opened = new OpenedCredentials(
                vault, MOST_OPENED, longest.compareTo(LONGEST_OPENED) < 0 ? longest : LONGEST_OPENED);
        node.alsoForgets(destroyed -> {
            if (destroyed.kind() == DataKeyKind.CREDENTIAL) {
                opened.forget(new KeyId(destroyed.owner()));
            }
        });
        return opened;
    }

    @Bean
    Resolver resolver(
            KnownStandings standings,
            SubjectDirectory subjects,
            OpenedCredentials credentials,
            UseLedger ledger,
            Circuits circuits,
            Ids ids,
            Clock clock) {
        return new Resolver(standings, subjects, new Judge(circuits, ids, clock), credentials, ledger);
    }

    @Bean
    MeterBinder resolveCaches(KnownStandings standings, OpenedCredentials credentials) {
        return registry -> {
            CaffeineCacheMetrics.monitor(registry, standings.cache(), "byok.resolve.standings");
            CaffeineCacheMetrics.monitor(registry, credentials.cache(), "byok.resolve.credentials");
        };
    }

    @Bean
    DataPlane dataPlane(
            Resolver resolver,
            Outcomes outcomes,
            Doorkeeper door,
            Proxies proxies,
            RateLimits limits,
            RefusalListener refusals,
            Problems problems,
            List<ReadinessProbe> probes,
            SealState seal,
            ObjectProvider<ServingCertificate> certificate,
            @Value("${byok.data-plane.host:127.0.0.1}") String host,
            @Value("${byok.data-plane.port:8081}") int port) {
        ExecutorService elsewhere = Executors.newVirtualThreadPerTaskExecutor();
        DataPlaneCall calls = new DataPlaneCall(door, resolver, outcomes, limits, refusals, elsewhere);
        return new DataPlane(
                host,
                port,
                new DataPlaneRoutes(calls, proxies, new DataPlaneHealth(probes), problems, seal, elsewhere),
                elsewhere,
                certificate.stream().map(DataPlaneTls::new).findFirst().orElse(null));
    }
}
