package io.byok.command.use;

import io.vertx.core.Context;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks on the event loop, in the order in which they came. A commit answers hundreds of uses at once; all that are
 * there share one turn of the loop instead of waking it for each.
 */
final class LoopTurns implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(LoopTurns.class);

    private final Context loop;
    private final Thread thread = Thread.currentThread();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean asked = new AtomicBoolean();

    /** To be called on the loop. */
    LoopTurns(Context loop) {
        this.loop = loop;
    }

    /** Whether the caller is on the loop. */
    boolean isHere() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (asked.compareAndSet(false, true)) {
            loop.runOnContext(turn -> run());
        }
    }

    private void run() {
        asked.set(false); // before the tasks are taken, so that one that comes now asks for another turn
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            try {
                task.run();
            } catch (RuntimeException e) { // one that fails must not keep the others waiting
                LOG.error("a task on the event loop failed", e);
            }
        }
    }
}
