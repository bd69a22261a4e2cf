package io.byok.platform.seal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this node can open anything. It is sealed until each of its roots has answered and was proved to open what the
 * database holds; while it is, it asks again every second, and opens by itself. What was opened once is never sealed
 * again: when a provider goes away later, what is unwrapped serves for at most five minutes, and then {@link
 * KeysUnavailable} says so call by call.
 */
public final class SealState implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SealState.class);
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final Runnable proof;
    private final List<Runnable> before = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private volatile String reason = "";
    private volatile boolean closed;

    private SealState(Runnable proof) {
        this.proof = proof;
    }

    /**
     * Tries once, and goes on trying on a thread of its own when a root is away.
     *
     * @param proof asks the roots and proves them; {@link KeysUnavailable} leaves this node sealed
     * @throws KeyRefused when the roots answer and do not fit the database: then nothing is to start
     */
    public static SealState of(Runnable proof) {
        SealState state = new SealState(proof);
        try {
            state.open();
        } catch (KeysUnavailable away) {
            state.sealed(away);
            Thread.ofVirtual().name("byok-unseal").start(state::waitForRoots);
        }
        return state;
    }

    public boolean isSealed() {
        return !opened.isDone();
    }

    /** Why it is sealed, in one line for the operator; nothing secret. */
    public String reason() {
        return reason;
    }

    /**
     * Does what needs keys before anybody is served: now, or when this node opens. A failure then keeps it sealed, and
     * it is tried again.
     */
    public synchronized void beforeServing(Runnable first) {
        if (isSealed()) {
            before.add(first);
        } else {
            first.run();
        }
    }

    /** Done as soon as this node serves. */
    public CompletableFuture<Void> opened() {
        return opened.copy();
    }

    private void open() {
        proof.run();
        synchronized (this) {
            before.forEach(Runnable::run);
            opened.complete(null);
        }
    }

    private void waitForRoots() {
        while (!closed && isSealed()) {
            LockSupport.parkNanos(BETWEEN.toNanos());
            try {
                open();
                LOG.info("unsealed");
            } catch (RuntimeException still) {
                sealed(still);
            }
        }
    }

    private void sealed(RuntimeException why) {
        String now = why instanceof KeysUnavailable || why instanceof KeyRefused
                ? String.valueOf(why.getMessage())
                : why.getClass().getSimpleName();
        if (!now.equals(reason)) {
            LOG.warn("sealed: {}", now);
            reason = now;
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
