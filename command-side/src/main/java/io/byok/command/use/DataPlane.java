package io.byok.command.use;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * The listener on which applications fetch secrets: an event loop of its own beside the control plane, with the same
 * credentials, the same ledger and the same vault. It stops taking requests before anything behind it stops.
 */
final class DataPlane implements SmartLifecycle {

    private static final int LONGEST_WAIT_SECONDS = 20;
    private static final int SWEEP_MILLIS = 1_000;
    private static final int IDLE_SECONDS = 75;
    private static final int LARGEST_HEADERS = 16 * 1024;

    private final String host;
    private final int port;
    private final DataPlaneRoutes routes;
    private final ExecutorService elsewhere;
    private final @Nullable DataPlaneTls tls;
    private @Nullable Vertx vertx;
    private @Nullable HttpServer server;

    /** @param tls absent where a proxy on this machine, or nothing, speaks it */
    DataPlane(String host, int port, DataPlaneRoutes routes, ExecutorService elsewhere, @Nullable DataPlaneTls tls) {
        this.tls = tls;
        this.elsewhere = elsewhere;
        this.host = host;
        this.port = port;
        this.routes = routes;
    }

    @Override
    public synchronized void start() {
        if (vertx != null) {
            return;
        }
        // One loop is enough: it only moves bytes. What waits, waits on virtual threads.
        Vertx started = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                // No file is ever served, so none is unpacked into a directory that a killed process leaves behind.
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        AtomicBoolean sweeping = new AtomicBoolean();
        HttpServerOptions options = new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                // Nothing here speaks WebSocket; without these, every message passes a handler for it.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                // Applications speak HTTP/1.1 here; whoever asks for an upgrade is answered as if they had not.
                .setHttp2ClearTextEnabled(false)
                .setMaxHeaderSize(LARGEST_HEADERS)
                .setMaxInitialLineLength(LARGEST_HEADERS / 4);
        HttpServer listener = started.createHttpServer(tls == null ? options : tls.on(options));
        listener.requestHandler(routes);
        listener.connectionHandler(connection -> {
            if (sweeping.compareAndSet(false, true)) {
                started.setPeriodic(SWEEP_MILLIS, tick -> routes.sweep()); // on the loop that carries the connections
            }
            routes.opened(connection);
        });
        try {
            listener.listen().toCompletionStage().toCompletableFuture().join();
        } catch (RuntimeException taken) {
            started.close();
            throw new IllegalStateException("the data plane cannot listen on " + host + ":" + port, taken);
        }
        vertx = started;
        server = listener;
        if (tls != null) {
            tls.follow(listener);
        }
    }

    @Override
    public synchronized void stop() {
        Vertx running = vertx;
        vertx = null;
        HttpServer closing = server;
        server = null;
        if (tls != null) {
            tls.follow(null);
        }
        if (running != null) {
            if (closing != null) {
                // Takes nothing new at once, and lets what is under way be answered.
                closing.shutdown(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
            }
            elsewhere.shutdown();
            running.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return vertx != null;
    }

    /** Last to start and first to stop. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 1;
    }
}
