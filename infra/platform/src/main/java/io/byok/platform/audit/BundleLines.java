package io.byok.platform.audit;

import io.byok.kernel.merkle.MerkleHash;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The lines of an export in their order, read and hashed ahead by as many threads as there are processors. Memory is
 * bounded, whatever the export: so many blocks are under way and no more.
 *
 * <p>What a line is refused with is thrown when its turn comes, so that the first bad line is the one that is named.
 */
final class BundleLines implements AutoCloseable {

    private static final int AHEAD = 2 * Runtime.getRuntime().availableProcessors() + 1;

    private final LineBlocks export;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            Thread.ofPlatform().daemon().name("verify-", 0).factory());
    private final Deque<Future<Chunk>> ahead = new ArrayDeque<>();
    private List<BundleLine> now = List.of();
    private @Nullable Unproved then;
    private int next;
    private boolean ended;

    BundleLines(InputStream export) {
        this.export = new LineBlocks(export);
    }

    /** @param bad what comes behind these lines, absent when nothing is wrong */
    private record Chunk(List<BundleLine> lines, @Nullable Unproved bad) {}

    /** The next line; absent at the end. @throws Unproved when it is none */
    @Nullable
    BundleLine next() throws IOException {
        while (next == now.size()) {
            if (then != null) {
                throw then;
            }
            fill();
            Future<Chunk> chunk = ahead.poll();
            if (chunk == null) {
                return null;
            }
            Chunk done = await(chunk);
            now = done.lines();
            then = done.bad();
            next = 0;
        }
        return now.get(next++);
    }

    private void fill() throws IOException {
        while (!ended && ahead.size() < AHEAD) {
            try {
                LineBlocks.Block block = export.next();
                if (block == null) {
                    ended = true;
                } else {
                    ahead.add(threads.submit(() -> parse(block)));
                }
            } catch (Unproved tooLong) {
                ended = true; // in its turn: an earlier line may be bad as well
                ahead.add(CompletableFuture.completedFuture(new Chunk(List.of(), tooLong)));
            }
        }
    }

    private static Chunk parse(LineBlocks.Block block) {
        MerkleHash hash = new MerkleHash();
        List<BundleLine> lines = new ArrayList<>();
        String text = block.text();
        try {
            for (int from = 0, end; from < text.length(); from = end + 1) {
                int feed = text.indexOf('\n', from);
                end = feed < 0 ? text.length() : feed;
                BundleLine line = BundleLineParser.parse(block.first() + lines.size(), text.substring(from, end));
                line.prepare(hash);
                lines.add(line);
            }
            return new Chunk(lines, null);
        } catch (Unproved bad) {
            return new Chunk(lines, bad);
        }
    }

    private static Chunk await(Future<Chunk> chunk) {
        try {
            return chunk.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException bug ? bug : new CompletionException(failed.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
