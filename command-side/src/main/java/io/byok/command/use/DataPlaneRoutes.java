package io.byok.command.use;

import io.byok.platform.seal.SealState;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.RequestId;
import io.byok.platform.web.door.Proxies;
import io.byok.platform.web.problem.Problem;
import io.byok.platform.web.problem.Problems;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the data plane answers: resolve, outcomes and the two health paths; everything else is refused. What is at hand
 * is answered on the event loop; what must wait, waits elsewhere. A bounded number of requests is under way at a time.
 */
final class DataPlaneRoutes implements Handler<HttpServerRequest> {

    static final int LARGEST_BODY = 64 * 1024;

    private static final int MOST_AT_ONCE = 16_384;
    private static final Set<String> HEALTH = Set.of("/livez", "/readyz");

    private final DataPlaneCall calls;
    private final Proxies proxies;
    private final DataPlaneHealth health;
    private final Problems problems;
    private final SealState seal;
    private final Executor elsewhere;
    private final OpenBodies open = new OpenBodies();
    private final AwaitedHeads heads = new AwaitedHeads(System::nanoTime);
    private int underWay; // on the event loop only
    private @Nullable LoopTurns turns; // the same

    DataPlaneRoutes(
            DataPlaneCall calls,
            Proxies proxies,
            DataPlaneHealth health,
            Problems problems,
            SealState seal,
            Executor elsewhere) {
        this.calls = calls;
        this.proxies = proxies;
        this.health = health;
        this.problems = problems;
        this.seal = seal;
        this.elsewhere = elsewhere;
    }

    /** What a request that has arrived is answered with, begun on the event loop. */
    private interface Work {
        CompletableFuture<Answer> begin(Executor loop);
    }

    @Override
    public void handle(HttpServerRequest request) {
        String requestId = RequestId.acceptOrMake(request.getHeader("X-Request-Id"));
        DataPlaneHeaders.set(request, requestId);
        String path = path(request);
        heads.came(request.connection());
        if (HEALTH.contains(path)) {
            read(
                    request,
                    requestId,
                    body -> loop -> CompletableFuture.supplyAsync(() -> health.answer(path, requestId), elsewhere));
        } else if (seal.isSealed()) {
            send(
                    request,
                    Answer.of(
                            Problem.of(ProblemCode.KEYS_UNAVAILABLE, requestId).with("Retry-After", "1")));
        } else {
            read(request, requestId, body -> loop -> calls.answer(call(request, requestId, body), loop));
        }
    }

    private void read(HttpServerRequest request, String requestId, Function<Buffer, Work> work) {
        Buffer body = Buffer.buffer();
        boolean[] tooLarge = new boolean[1];
        open.begun(request, () -> late(request, requestId));
        request.handler(part -> {
            tooLarge[0] |= body.length() + part.length() > LARGEST_BODY;
            if (!tooLarge[0]) {
                body.appendBuffer(part);
            }
        });
        request.exceptionHandler(gone -> open.ended(request));
        request.endHandler(end -> {
            open.ended(request);
            if (tooLarge[0]) {
                send(request, Answer.of(Problem.of(ProblemCode.BODY_TOO_LARGE, requestId)));
            } else {
                run(request, requestId, work.apply(body));
            }
        });
    }

    private void late(HttpServerRequest request, String requestId) {
        Answer answer =
                Answer.of(Problem.of(ProblemCode.BODY_TIMEOUT, requestId)).with("Connection", "close");
        send(request, answer);
        request.connection().shutdown();
    }

    private DataPlaneCall.Call call(HttpServerRequest request, String requestId, Buffer body) {
        return new DataPlaneCall.Call(
                request.method().name(),
                path(request),
                request.headers().getAll("Authorization"),
                address(request),
                request.getHeader("Content-Type"),
                request.getHeader("Content-Encoding"),
                request.query() == null ? null : parameter(request, "dryRun"),
                requestId,
                body.getBytes());
    }

    /** One that cannot be read is passed on as something that no parameter may be: it is refused behind the door. */
    private static @Nullable String parameter(HttpServerRequest request, String name) {
        try {
            return request.getParam(name);
        } catch (IllegalArgumentException notEncoded) {
            return "";
        }
    }

    /** Of the connection, or of whoever a trusted proxy speaks for; never looked up as a name. */
    private @Nullable InetAddress address(HttpServerRequest request) {
        SocketAddress remote = request.remoteAddress();
        if (remote == null || remote.hostAddress() == null) {
            return null;
        }
        try {
            return proxies.client(InetAddress.ofLiteral(remote.hostAddress()), request.headers()::getAll);
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }

    private static String path(HttpServerRequest request) {
        String path = request.path();
        return path == null ? "" : path;
    }

    private void run(HttpServerRequest request, String requestId, Work work) {
        if (underWay >= MOST_AT_ONCE) {
            send(
                    request,
                    Answer.of(Problem.of(ProblemCode.SERVER_BUSY, requestId).with("Retry-After", "1")));
            return;
        }
        underWay++;
        LoopTurns loop = loop();
        try {
            work.begin(loop).whenComplete((answer, failed) -> {
                if (loop.isHere()) {
                    finish(request, requestId, answer, failed);
                } else {
                    loop.execute(() -> finish(request, requestId, answer, failed));
                }
            });
        } catch (RuntimeException failed) {
            finish(request, requestId, null, failed);
        }
    }

    private LoopTurns loop() {
        LoopTurns known = turns;
        if (known == null || !known.isHere()) {
            known = new LoopTurns(Objects.requireNonNull(Vertx.currentContext(), "on the event loop"));
            turns = known;
        }
        return known;
    }

    private void finish(
            HttpServerRequest request, String requestId, @Nullable Answer answer, @Nullable Throwable failed) {
        underWay--;
        send(request, answer == null ? problem(failed, requestId) : answer);
    }

    private Answer problem(@Nullable Throwable failed, String requestId) {
        return Answer.of(problems.of(failed == null ? new IllegalStateException("no answer") : failed, requestId));
    }

    private void send(HttpServerRequest request, Answer answer) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            answer.wipe();
            return;
        }
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        response.end(Buffer.buffer(answer.body())).onComplete(sent -> {
            answer.wipe();
            heads.answered(request.connection());
        });
    }

    /** To be called on the event loop for every new connection. */
    void opened(HttpConnection connection) {
        heads.opened(connection);
    }

    /** To be called every second on the event loop: what does not arrive in time is refused. */
    void sweep() {
        open.sweep();
        heads.sweep();
    }
}
