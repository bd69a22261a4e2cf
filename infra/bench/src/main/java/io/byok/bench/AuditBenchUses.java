package io.byok.bench;

import com.github.f4b6a3.uuid.UuidCreator;
import io.byok.kernel.Envelope;
import io.byok.kernel.KeyId;
import io.byok.kernel.Provenance;
import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.UseId;
import io.byok.kernel.use.Use;
import io.byok.kernel.use.UseEvent.UsesRecorded;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Records of uses as the data plane writes them, each use of another key of another end user's. */
final class AuditBenchUses {

    private AuditBenchUses() {}

    /** An event that records so many uses. */
    static Envelope event(TenantId tenant, int count) {
        Instant at = Instant.now().truncatedTo(ChronoUnit.MICROS);
        List<Use> uses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            uses.add(new Use(
                    new UseId(UuidCreator.getTimeOrderedEpoch()),
                    new KeyId(UuidCreator.getTimeOrderedEpoch()),
                    1,
                    new SubjectId(UuidCreator.getTimeOrderedEpoch()),
                    "openai",
                    "production",
                    "user",
                    "chat",
                    "gpt-4o-mini",
                    "tok_01j80000000e008000000000012",
                    "req-1",
                    at));
        }
        return new Envelope(
                UuidCreator.getTimeOrderedEpoch(),
                tenant,
                null,
                stream(),
                0,
                new UsesRecorded(uses, at),
                Provenance.system("bench"));
    }

    static StreamId stream() {
        return new StreamId(StreamType.USE, UuidCreator.getTimeOrderedEpoch());
    }
}
