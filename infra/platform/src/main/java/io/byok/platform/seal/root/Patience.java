package io.byok.platform.seal.root;

import io.byok.platform.seal.KeyRefused;
import io.byok.platform.seal.KeysUnavailable;
import io.byok.platform.seal.SealBroken;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often and how long a key service is asked. Each attempt ends after the time limit, whatever the client below does.
 * A failed call is repeated once, after a random pause, as long as there is credit: a failure costs a point, ten
 * successes earn one, four is the most. A service that is down is therefore asked four times more than without
 * repetition, all callers together. After five failed calls in a row callers are refused
 * without asking, and one call a second finds out whether it is back.
 */
final class Patience {

    private static final int MOST = 40;
    private static final int COST = 10;
    private static final int IN_A_ROW = 5;
    private static final long PROBE_EVERY = Duration.ofSeconds(1).toNanos();
    private static final long PAUSE_MILLIS = 100;

    /** Not virtual ones: a vendor's library that hangs in native code would take the carriers of everybody else. */
    private static final ExecutorService CALLS = new ThreadPoolExecutor(
            0,
            64,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("kek-", 0).factory());

    private final Duration limit;
    private final AtomicInteger credit = new AtomicInteger(MOST);
    private int failedInARow;
    private long nextProbe;

    Patience(Duration limit) {
        this.limit = limit;
    }

    /** @throws KeysUnavailable when it does not work now */
    <T> T call(String what, boolean repeatable, Callable<T> call) {
        admit(what);
        try {
            T answer = attempts(repeatable, call);
            credit.updateAndGet(points -> Math.min(MOST, points + 1));
            settled();
            return answer;
        } catch (RemoteTrouble trouble) {
            failed(trouble.isPassing());
            throw new KeysUnavailable(what + ": " + trouble.getMessage(), trouble);
        } catch (SealBroken | KeyRefused answered) {
            settled();
            throw answered;
        }
    }

    private <T> T attempts(boolean repeatable, Callable<T> call) {
        try {
            return limited(call);
        } catch (RemoteTrouble first) {
            if (!repeatable || !first.isPassing() || !pay()) {
                throw first;
            }
            pause();
            return limited(call);
        }
    }

    private <T> T limited(Callable<T> call) {
        Future<T> running;
        try {
            running = CALLS.submit(call);
        } catch (RejectedExecutionException full) {
            throw RemoteTrouble.lasting("too many calls wait for it");
        }
        try {
            return running.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException hanging) {
            throw RemoteTrouble.passing("no answer within " + limit.toMillis() + " ms", null);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw RemoteTrouble.lasting("interrupted");
        } catch (ExecutionException failed) {
            throw switch (failed.getCause()) {
                case RemoteTrouble trouble -> trouble;
                case SealBroken broken -> broken;
                case KeyRefused refused -> refused;
                case null -> RemoteTrouble.passing("failed", failed);
                case Throwable other ->
                    RemoteTrouble.passing("failed with " + other.getClass().getSimpleName(), other);
            };
        } finally {
            running.cancel(true);
        }
    }

    private boolean pay() {
        return credit.getAndUpdate(points -> points >= COST ? points - COST : points) >= COST;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS / 2 + ThreadLocalRandom.current().nextLong(PAUSE_MILLIS));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw RemoteTrouble.lasting("interrupted");
        }
    }

    private synchronized void admit(String what) {
        if (failedInARow >= IN_A_ROW) {
            long now = System.nanoTime();
            if (now - nextProbe < 0) {
                throw new KeysUnavailable(what + ": away", null);
            }
            nextProbe = now + PROBE_EVERY;
        }
    }

    private synchronized void failed(boolean passing) {
        if (passing && ++failedInARow == IN_A_ROW) {
            nextProbe = System.nanoTime() + PROBE_EVERY;
        }
    }

    private synchronized void settled() {
        failedInARow = 0;
    }
}
