package io.byok.query.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does the same to several things at once, and returns when all are done. Read models know nothing of each other, so the
 * slowest one is all that anybody waits for.
 */
public final class AtOnce {

    private AtOnce() {}

    /** @throws RuntimeException what the first of them threw, with what others threw as suppressed; all have ended */
    public static <T> void each(List<T> things, Consumer<T> deed) {
        @Nullable RuntimeException failure = null;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> started = new ArrayList<>(things.size());
            for (T thing : things) {
                started.add(threads.submit(() -> deed.accept(thing)));
            }
            for (Future<?> one : started) {
                failure = with(failure, one);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static @Nullable RuntimeException with(@Nullable RuntimeException failure, Future<?> one) {
        try {
            one.get();
            return failure;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new IllegalStateException("interrupted while the read models were written", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                if (failure == null) {
                    return cause;
                }
                failure.addSuppressed(cause);
                return failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
