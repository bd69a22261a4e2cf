package io.byok.command.usage;

import io.byok.command.bus.Ids;
import io.byok.command.head.TenantGate;
import io.byok.command.store.Row;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.usage.UsageEvent.UsageReported;
import io.byok.kernel.usage.UsageRecord;
import io.byok.platform.event.EventSealing;
import io.byok.platform.seal.LookupHash;
import io.byok.platform.web.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Makes batches of usage records. */
final class UsageBatches {

    private static final int RECORD_ID_BYTES = 16;

    private final LookupHash hash;
    private final EventSealing sealing;
    private final Ids ids;
    private final UsageSeen seen = new UsageSeen();
    private final TenantGate gate;

    UsageBatches(LookupHash hash, EventSealing sealing, Ids ids, TenantGate gate) {
        this.gate = gate;
        this.hash = hash;
        this.sealing = sealing;
        this.ids = ids;
    }

    UsageBatch.Reported reported(TenantId tenant, String userId, SubjectId subject, UsageRecord record) {
        byte[] full = hash.hash(tenant, "usage-record", record.id().getBytes(StandardCharsets.UTF_8));
        return new UsageBatch.Reported(userId, subject, record, Arrays.copyOf(full, RECORD_ID_BYTES));
    }

    /** Fetches the keys that seal it: the writers wait for the batch, and must not wait for those. */
    UsageBatch of(Caller caller, List<UsageBatch.Reported> reported, Instant at) {
        reported.stream()
                .map(UsageBatch.Reported::subject)
                .distinct()
                .forEach(subject -> sealing.prepare(caller.tenant(), subject, UsageReported.class, at));
        UsageBatch batch = new UsageBatch(caller.tenant(), reported, seen, sealing, caller.provenance(), ids, at);
        batch.alongside(new Row<>(gate, caller.tenant()));
        return batch;
    }
}
