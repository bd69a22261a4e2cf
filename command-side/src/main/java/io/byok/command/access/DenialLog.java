package io.byok.command.access;

import io.byok.command.bus.Ids;
import io.byok.command.store.Appender;
import io.byok.command.store.Entry;
import io.byok.command.store.Row;
import io.byok.kernel.Envelope;
import io.byok.kernel.Provenance;
import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.kernel.access.DenialEvent.AccessDenied;
import io.byok.platform.event.EventSealing;
import io.byok.platform.event.SealedEvent;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes denials to the log, on threads of its own: whoever was refused waits for nothing. */
final class DenialLog implements BiConsumer<TenantId, AccessDenied>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DenialLog.class);

    private final Appender appender;
    private final EventSealing sealing;
    private final Ids ids;
    private final ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor();

    DenialLog(Appender appender, EventSealing sealing, Ids ids) {
        this.appender = appender;
        this.sealing = sealing;
        this.ids = ids;
    }

    private record Sealed(SealedEvent event) implements Entry {

        @Override
        public List<Row<?>> rows() {
            return List.of();
        }

        @Override
        public List<SealedEvent> events() {
            return List.of(event);
        }
    }

    @Override
    public void accept(TenantId tenant, AccessDenied event) {
        try {
            writers.execute(() -> {
                try {
                    write(tenant, event);
                } catch (RuntimeException failed) {
                    missing(event, failed);
                }
            });
        } catch (RejectedExecutionException closed) {
            missing(event, closed);
        }
    }

    /** They were refused all the same; this is what is left to tell of them. */
    private static void missing(AccessDenied event, RuntimeException why) {
        LOG.warn(
                "{} denied attempts ({}) are not in the audit trail: {}",
                event.attempts(),
                event.why(),
                why.getClass().getSimpleName());
    }

    private void write(TenantId tenant, AccessDenied event) {
        sealing.prepare(tenant, null, AccessDenied.class, event.at());
        TokenId token = event.token();
        Provenance by = token == null ? Provenance.system("door") : new Provenance(token.text(), null);
        // A stream of its own: a denial follows nothing, so nothing can conflict with it.
        StreamId stream = new StreamId(StreamType.DENIAL, ids.next());
        appender.append(new Sealed(sealing.seal(new Envelope(ids.next(), tenant, null, stream, 0, event, by))));
    }

    /** Returns when everything is written that was to be. */
    @Override
    public void close() {
        writers.close();
    }
}
