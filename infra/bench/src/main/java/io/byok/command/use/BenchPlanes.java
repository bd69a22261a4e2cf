package io.byok.command.use;

import io.byok.command.bus.Ids;
import io.byok.command.head.KeyHeads;
import io.byok.command.head.SubjectDirectory;
import io.byok.command.store.Appender;
import io.byok.command.vault.OpenedCredentials;
import io.byok.platform.access.TokenVerifier;
import io.byok.platform.event.EventSealing;
import io.byok.platform.web.door.Doorkeeper;
import io.byok.platform.web.door.Proxies;
import io.byok.platform.web.door.Strangers;
import io.byok.platform.web.limit.LimitSettings;
import io.byok.platform.web.limit.RateLimits;
import io.byok.platform.web.problem.ProblemTable;
import io.byok.platform.web.problem.Problems;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.ApplicationContext;

/**
 * The data plane as the server runs it, and the same without the ledger. It stands in this package because nothing else
 * can leave the ledger out, and in the benchmark's module because the server must not have it.
 */
public final class BenchPlanes {

    private BenchPlanes() {}

    /** As the server runs it. Starts it; {@link AutoCloseable#close} stops it. */
    public static AutoCloseable whole(ApplicationContext side, TokenVerifier tokens, int port) {
        return start(side, tokens, port, side.getBean(UseLedger.class));
    }

    /** The same listener, decision and credentials; nothing is recorded. */
    public static AutoCloseable withoutLedger(ApplicationContext side, TokenVerifier tokens, int port) {
        UseLedger none =
                new UseLedger(
                        side.getBean(Appender.class),
                        side.getBean(EventSealing.class),
                        new UseAdmission(Clock.systemUTC()),
                        side.getBean(Ids.class),
                        Clock.systemUTC()) {
                    @Override
                    CompletableFuture<Long> record(UseSegment.Waiting one) {
                        return CompletableFuture.completedFuture(1L);
                    }
                };
        return start(side, tokens, port, none);
    }

    private static AutoCloseable start(ApplicationContext side, TokenVerifier tokens, int port, UseLedger ledger) {
        Circuits circuits = side.getBean(Circuits.class);
        Resolver resolver = new Resolver(
                side.getBean(KnownStandings.class),
                side.getBean(SubjectDirectory.class),
                new Judge(circuits, side.getBean(Ids.class), Clock.systemUTC()),
                side.getBean(OpenedCredentials.class),
                ledger);
        ExecutorService elsewhere = Executors.newVirtualThreadPerTaskExecutor();
        Outcomes outcomes = new Outcomes(side.getBean(KeyHeads.class), circuits, List.of(), Clock.systemUTC());
        DataPlaneRoutes routes = new DataPlaneRoutes(
                new DataPlaneCall(
                        new Doorkeeper(
                                tokens, null, _ -> {}, new Strangers(new SimpleMeterRegistry(), System::nanoTime)),
                        resolver,
                        outcomes,
                        new RateLimits(new LimitSettings(0, 0, 0, 0), System::nanoTime),
                        _ -> {},
                        elsewhere),
                Proxies.none(),
                new DataPlaneHealth(List.of()),
                new Problems(new ProblemTable(List.of())),
                io.byok.platform.seal.SealState.of(() -> {}),
                elsewhere);
        DataPlane plane = new DataPlane("127.0.0.1", port, routes, elsewhere, null);
        plane.start();
        return plane::stop;
    }
}
