package io.byok.query.feed;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Runs the feed of every lane for as long as the application runs. */
public final class Feed implements SmartLifecycle {

    private static final long STOP_SECONDS = 10;

    private final Supplier<List<LaneFeed>> lanes;
    private @Nullable List<Running> running;

    private record Running(LaneFeed feed, Thread thread) {}

    Feed(Supplier<List<LaneFeed>> lanes) {
        this.lanes = lanes;
    }

    @Override
    public synchronized void start() {
        if (running == null) {
            running = lanes.get().stream()
                    .map(feed -> new Running(
                            feed, Thread.ofPlatform().name("byok-feed").daemon().start(feed)))
                    .toList();
        }
    }

    @Override
    public synchronized void stop() {
        if (running == null) {
            return;
        }
        running.forEach(lane -> lane.feed().stop());
        try {
            for (Running lane : running) {
                boolean _ = lane.thread().join(Duration.ofSeconds(STOP_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }
}
