package io.byok.command.use;

import io.byok.platform.seal.SealState;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.RequestId;
import io.byok.platform.web.problem.Problem;
import io.byok.platform.web.problem.Problems;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What the data plane answers: {@code POST /v1/resolve} and the two health paths; everything else is refused. The body is
 * read on the event loop, within its limit; the rest happens on a virtual thread, a bounded number of them at a time.
 */
final class DataPlaneRoutes implements Handler<HttpServerRequest> {

    static final int LARGEST_BODY = 64 * 1024;
    private static final int MOST_AT_ONCE = 4_096;
    private static final Set<String> HEALTH = Set.of("/livez", "/readyz");

    private final ResolveCall resolve;
    private final DataPlaneHealth health;
    private final Problems problems;
    private final SealState seal;
    private final Semaphore seats = new Semaphore(MOST_AT_ONCE);
    private final ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor();

    DataPlaneRoutes(ResolveCall resolve, DataPlaneHealth health, Problems problems, SealState seal) {
        this.resolve = resolve;
        this.health = health;
        this.problems = problems;
        this.seal = seal;
    }

    @Override
    public void handle(HttpServerRequest request) {
        String requestId = RequestId.acceptOrMake(request.getHeader("X-Request-Id"));
        HttpServerResponse response = request.response();
        response.putHeader("X-Request-Id", requestId);
        response.putHeader("Cache-Control", "no-store");
        response.putHeader("X-Content-Type-Options", "nosniff");
        String path = path(request);
        if (HEALTH.contains(path)) {
            request.end().onComplete(read -> run(request, requestId, () -> health.answer(path, requestId)));
        } else if (seal.isSealed()) {
            send(
                    request,
                    Answer.of(
                            Problem.of(ProblemCode.KEYS_UNAVAILABLE, requestId).with("Retry-After", "1")));
        } else {
            read(request, requestId);
        }
    }

    private void read(HttpServerRequest request, String requestId) {
        Buffer body = Buffer.buffer();
        boolean[] tooLarge = new boolean[1];
        request.handler(part -> {
            tooLarge[0] |= body.length() + part.length() > LARGEST_BODY;
            if (!tooLarge[0]) {
                body.appendBuffer(part);
            }
        });
        request.exceptionHandler(gone -> {});
        request.endHandler(end -> {
            if (tooLarge[0]) {
                send(request, Answer.of(Problem.of(ProblemCode.BODY_TOO_LARGE, requestId)));
            } else {
                run(request, requestId, () -> resolve.answer(call(request, requestId, body)));
            }
        });
    }

    private static ResolveCall.Call call(HttpServerRequest request, String requestId, Buffer body) {
        return new ResolveCall.Call(
                request.method() == HttpMethod.POST,
                path(request),
                request.getHeader("Authorization"),
                request.getHeader("Content-Type"),
                request.getParam("dryRun"),
                requestId,
                body.getBytes());
    }

    private static String path(HttpServerRequest request) {
        String path = request.path();
        return path == null ? "" : path;
    }

    private interface Work {
        Answer run();
    }

    private void run(HttpServerRequest request, String requestId, Work work) {
        if (!seats.tryAcquire()) {
            send(
                    request,
                    Answer.of(Problem.of(ProblemCode.SERVER_BUSY, requestId).with("Retry-After", "1")));
            return;
        }
        waiting.execute(() -> {
            try {
                send(request, work.run());
            } catch (RuntimeException failed) {
                send(request, Answer.of(problems.of(failed, requestId)));
            } finally {
                seats.release();
            }
        });
    }

    private static void send(HttpServerRequest request, Answer answer) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            answer.wipe();
            return;
        }
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        response.end(Buffer.buffer(answer.body())).onComplete(sent -> answer.wipe());
    }

    /** Waits for what is under way; nothing new comes in, for the listener is being closed. */
    void drain(int seconds) {
        try {
            boolean all = seats.tryAcquire(MOST_AT_ONCE, seconds, TimeUnit.SECONDS);
            if (all) {
                seats.release(MOST_AT_ONCE);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        waiting.shutdown();
    }
}
