package io.byok.command.validation;

import io.byok.command.provider.CredentialShape;
import io.byok.command.provider.Provider;
import io.byok.command.provider.probe.Probed;
import io.byok.command.provider.probe.Prober;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** So many calls to one provider at a time and no more, in the order of asking: providers punish sweeps. */
final class Asking {

    private final Prober prober;
    private final int atOnce;
    private final ValidationMetrics metrics;
    private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();

    Asking(Prober prober, int atOnce, ValidationMetrics metrics) {
        this.prober = prober;
        this.atOnce = atOnce;
        this.metrics = metrics;
    }

    /** Waits for a turn and calls. */
    Probed ask(Provider provider, CredentialShape credential) {
        Semaphore turn = turns.computeIfAbsent(provider.id(), _ -> new Semaphore(atOnce, true));
        long begin = System.nanoTime();
        turn.acquireUninterruptibly();
        try (ValidationMetrics.Call call = metrics.begins(provider.id(), Duration.ofNanos(System.nanoTime() - begin))) {
            return call.ended(prober.probe(provider, credential));
        } finally {
            turn.release();
        }
    }
}
