package io.byok.query.feed;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The position that every read model has reached, to wait for. A feed in this process wakes the waiting at once; what
 * other nodes have done is seen by asking the database, for all who wait together and only while somebody waits.
 */
public final class Applied {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final LongSupplier stored;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private volatile long known;
    private long looked = System.nanoTime() - LOOK_NANOS;

    /** @param stored asks the database */
    public Applied(LongSupplier stored) {
        this.stored = stored;
    }

    /** What is known without asking. */
    public long known() {
        return known;
    }

    /** Tells that everything up to here is committed. */
    void reached(long position) {
        if (position <= known) {
            return;
        }
        lock.lock();
        try {
            known = Math.max(known, position);
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything up to the position is applied; false when that takes longer. */
    public boolean await(long position, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (known < position) {
            if (mayLook()) {
                reached(stored.getAsLong());
                continue;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            lock.lockInterruptibly();
            try {
                if (known < position) {
                    long _ = moved.awaitNanos(Math.min(left, LOOK_NANOS));
                }
            } finally {
                lock.unlock();
            }
        }
        return true;
    }

    private boolean mayLook() {
        lock.lock();
        try {
            long now = System.nanoTime();
            if (now - looked < LOOK_NANOS) {
                return false;
            }
            looked = now;
            return true;
        } finally {
            lock.unlock();
        }
    }
}
