package io.byok.query.replay;

import io.byok.platform.event.StoredEvent;
import io.byok.query.feed.EventOpener;
import io.byok.query.feed.EventSource;
import io.byok.query.feed.Received;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens events on all processors, ahead of those who take them, and gives every taker all of them in order. Takers do not
 * wait for each other beyond a few batches, and nothing more than those is in memory.
 */
final class OpenedAhead {

    private static final int AHEAD = 3; // batches between the reader and a taker
    private static final long LOOK_MILLIS = 100;

    private final EventSource source;
    private final EventOpener opener;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    OpenedAhead(EventSource source, EventOpener opener) {
        this.source = source;
        this.opener = opener;
    }

    /** What a taker has before it; the end is a list of nothing. */
    private record Taker(Consumer<List<Received>> taker, BlockingQueue<Future<List<Received>>> queue) {}

    /**
     * Returns when all have taken everything.
     *
     * @throws RuntimeException what the source, the opener or a taker threw first; all have ended
     */
    void read(long after, long upTo, List<? extends Consumer<List<Received>>> takers) {
        List<Taker> all = new ArrayList<>();
        takers.forEach(taker -> all.add(new Taker(taker, new ArrayBlockingQueue<>(AHEAD))));
        int processors = Runtime.getRuntime().availableProcessors();
        try (ExecutorService opening = Executors.newFixedThreadPool(
                        processors,
                        Thread.ofPlatform().name("byok-replay-open-", 0).factory());
                ExecutorService taking = Executors.newFixedThreadPool(
                        Math.max(1, all.size()),
                        Thread.ofPlatform().name("byok-replay-apply-", 0).factory())) {
            all.forEach(one -> taking.execute(() -> quietly(() -> take(one))));
            quietly(() -> source.read(after, upTo, batch -> put(all, opening.submit(() -> open(batch)))));
            quietly(() -> put(all, CompletableFuture.completedFuture(List.of())));
        }
        Throwable first = failure.get();
        if (first instanceof RuntimeException thrown) {
            throw thrown;
        }
        if (first instanceof Error error) {
            throw error;
        }
    }

    private List<Received> open(List<StoredEvent> batch) {
        List<Received> opened = new ArrayList<>(batch.size());
        for (StoredEvent event : batch) {
            opened.add(opener.open(event, Received.NO_OFFSET));
        }
        return opened;
    }

    private void put(List<Taker> all, Future<List<Received>> batch) {
        for (Taker one : all) {
            while (!offer(one.queue(), batch)) {
                requireNoFailure();
            }
        }
        requireNoFailure();
    }

    private void take(Taker one) {
        while (true) {
            Future<List<Received>> next = poll(one.queue());
            if (next == null) {
                requireNoFailure();
                continue;
            }
            List<Received> batch = opened(next);
            if (batch.isEmpty()) {
                return;
            }
            one.taker().accept(batch);
        }
    }

    /** Notes the first thing that goes wrong; everybody looks for it and ends. */
    private void quietly(Runnable work) {
        try {
            work.run();
        } catch (Ended ended) {
            // because of the first
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    private void requireNoFailure() {
        if (failure.get() != null) {
            throw new Ended();
        }
    }

    private static boolean offer(BlockingQueue<Future<List<Received>>> queue, Future<List<Received>> batch) {
        try {
            return queue.offer(batch, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayInterrupted();
        }
    }

    private static @Nullable Future<List<Received>> poll(BlockingQueue<Future<List<Received>>> queue) {
        try {
            return queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayInterrupted();
        }
    }

    private static List<Received> opened(Future<List<Received>> batch) {
        try {
            return batch.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayInterrupted();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Thrown to end a thread when another one has failed. */
    private static final class Ended extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;
    }
}
