package io.byok.command.use;

import io.byok.command.bus.Ids;
import io.byok.command.head.KeyMoved;
import io.byok.command.head.TenantHeads;
import io.byok.command.store.Entry;
import io.byok.command.store.Row;
import io.byok.kernel.Envelope;
import io.byok.kernel.Provenance;
import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.use.Use;
import io.byok.kernel.use.UseEvent.UsesRecorded;
import io.byok.platform.event.EventSealing;
import io.byok.platform.event.SealedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The uses of one tenant that become durable together, as one event. Those that are not admitted are left out of it. */
final class UseSegment implements Entry {

    private final TenantId tenant;
    private final List<Waiting> waiting;
    private final UseAdmission admission;
    private final EventSealing sealing;
    private final Ids ids;
    // A stream of its own: a segment follows nothing, so nothing can conflict with it.
    private final StreamId stream;

    /** One use that somebody waits for. */
    static final class Waiting {

        private final TenantId tenant;
        private final Use use;
        private final CompletableFuture<Long> recorded = new CompletableFuture<>();
        private final boolean system;
        private final long epoch;
        private final long tenantEpoch;
        private boolean admitted = true;

        /**
         * What is to be recorded, and on what it was decided.
         *
         * @param system whether the key is the tenant's own
         * @param epoch the end user's, of what it was decided on
         * @param tenantEpoch the tenant's
         */
        Waiting(TenantId tenant, Use use, boolean system, long epoch, long tenantEpoch) {
            this.tenant = tenant;
            this.use = use;
            this.system = system;
            this.epoch = epoch;
            this.tenantEpoch = tenantEpoch;
        }

        /** Whose key it is. */
        SubjectId owner() {
            return system ? TenantHeads.self(tenant) : use.subject();
        }

        long epoch() {
            return epoch;
        }

        long tenantEpoch() {
            return tenantEpoch;
        }

        TenantId tenant() {
            return tenant;
        }

        Use use() {
            return use;
        }

        CompletableFuture<Long> recorded() {
            return recorded;
        }

        /** Decided anew each time the batch is tried. */
        void admit(boolean yes) {
            admitted = yes;
        }
    }

    UseSegment(TenantId tenant, List<Waiting> waiting, UseAdmission admission, EventSealing sealing, Ids ids) {
        this.tenant = tenant;
        this.waiting = waiting;
        this.admission = admission;
        this.sealing = sealing;
        this.ids = ids;
        this.stream = new StreamId(StreamType.USE, ids.next());
    }

    List<Waiting> waiting() {
        return waiting;
    }

    @Override
    public List<StreamId> streams() {
        return List.of(stream);
    }

    @Override
    public List<Row<?>> rows() {
        return List.of(new Row<>(admission, this));
    }

    @Override
    public List<SealedEvent> events() {
        List<Use> uses = new ArrayList<>();
        for (Waiting one : waiting) {
            if (one.admitted) {
                uses.add(one.use);
            }
        }
        if (uses.isEmpty()) {
            return List.of();
        }
        Instant at = uses.getLast().at();
        return List.of(sealing.seal(new Envelope(
                ids.next(), tenant, null, stream, 0, new UsesRecorded(uses, at), Provenance.system("use-ledger"))));
    }

    void committed(long position) {
        for (Waiting one : waiting) {
            if (one.admitted) {
                one.recorded.complete(position);
            } else {
                one.recorded.completeExceptionally(new KeyMoved());
            }
        }
    }

    void failed(Throwable why) {
        waiting.forEach(one -> one.recorded.completeExceptionally(why));
    }
}
