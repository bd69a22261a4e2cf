package io.byok.platform.end;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Something that is done once when the server is told to end: after both doors are closed and everybody who got in was
 * answered, while everything else still works. A deed that fails is logged and keeps nothing from ending; it bounds its own
 * time. A server that is killed does none of it, so nothing may depend on it.
 */
public final class Ending implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

    /** Their order. The web servers stop in far higher phases. */
    public enum Step {
        /** What was counted and not written yet goes to the log. */
        WRITE,
        /** What is in the log goes to the brokers. */
        SEND
    }

    private final Step step;
    private final Runnable deed;
    private volatile boolean running;

    public Ending(Step step, Runnable deed) {
        this.step = step;
        this.deed = deed;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        try {
            deed.run();
        } catch (RuntimeException failed) {
            LOG.warn(
                    "at the end, not everything could be {}: {}",
                    step == Step.WRITE ? "written" : "sent",
                    failed.getClass().getSimpleName());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Spring stops high phases first. */
    @Override
    public int getPhase() {
        return -1 - step.ordinal();
    }
}
