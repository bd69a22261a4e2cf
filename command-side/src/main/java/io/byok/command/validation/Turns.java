package io.byok.command.validation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** So many calls to one provider at a time and no more: providers punish sweeps. */
final class Turns {

    private final int atOnce;
    private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();

    Turns(int atOnce) {
        this.atOnce = atOnce;
    }

    <R> R take(String provider, Supplier<R> work) {
        Semaphore turn = turns.computeIfAbsent(provider, _ -> new Semaphore(atOnce, true));
        turn.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            turn.release();
        }
    }
}
