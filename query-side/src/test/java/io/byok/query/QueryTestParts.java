package io.byok.query;

import io.byok.query.audit.AuditProjector;
import io.byok.query.audit.tree.AuditTrees;
import io.byok.query.chain.ChainProjector;
import io.byok.query.feed.EventSource;
import io.byok.query.feed.Projector;
import io.byok.query.key.KeyProjector;
import io.byok.query.replay.Stores;
import io.byok.query.usage.UsageProjector;
import java.util.List;

/** The parts of the read side as the server wires them. */
public final class QueryTestParts {

    private QueryTestParts() {}

    public static List<Projector> projectors() {
        return List.of(
                new KeyProjector(),
                new ChainProjector(),
                new UsageProjector(),
                new AuditProjector(new AuditTrees((_, _) -> new byte[32])));
    }

    public static EventSource store(Ledger ledger) {
        return Stores.of(ledger.database());
    }
}
