package io.byok.command.sink;

import io.byok.command.store.Recorder;
import io.byok.platform.event.SealedEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One batch on its way to the files. */
final class FileReceipt implements Recorder.Receipt {

    private final FileSink sink;
    private final long last;
    private final List<SealedEvent> events;
    private final long begun = System.nanoTime();
    private final CompletableFuture<Boolean> written = new CompletableFuture<>();

    FileReceipt(FileSink sink, long last, List<SealedEvent> events) {
        this.sink = sink;
        this.last = last;
        this.events = List.copyOf(events);
    }

    long from() {
        return last + 1;
    }

    long through() {
        return last + events.size();
    }

    void write(Lines lines) {
        long position = last;
        for (SealedEvent event : events) {
            lines.event(++position, event, false);
        }
    }

    /** The first word counts. */
    void done(boolean well) {
        written.complete(well);
    }

    boolean isOver() {
        return written.isDone();
    }

    boolean isWritten() {
        return written.getNow(false);
    }

    @Override
    public boolean settled() {
        long left = sink.patience().toNanos() - (System.nanoTime() - begun);
        try {
            return written.get(Math.max(0, left), TimeUnit.NANOSECONDS) || !sink.required();
        } catch (TimeoutException e) {
            sink.down("it does not answer");
            return !sink.required();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            return !sink.required();
        }
    }

    @Override
    public void committed() {
        sink.tell(this, true);
    }

    @Override
    public void abandoned() {
        sink.tell(this, false);
    }
}
