package io.byok.platform.tls;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Looks from time to time, while the server runs. */
final class CertificateWatch implements SmartLifecycle {

    private final Runnable look;
    private final Duration interval;
    private @Nullable Thread watching;

    CertificateWatch(Runnable look, Duration interval) {
        this.look = look;
        this.interval = interval;
    }

    @Override
    public synchronized void start() {
        if (watching == null) {
            watching = Thread.ofVirtual().name("certificate").start(this::watch);
        }
    }

    @Override
    public synchronized void stop() {
        if (watching != null) {
            watching.interrupt();
            watching = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return watching != null;
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(interval);
                look.run();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
