package io.byok.command.erase;

import io.byok.command.erase.domain.Erasure;
import io.byok.command.erase.domain.ErasureDecider;
import io.byok.command.erase.domain.ErasureRefusal;
import io.byok.command.store.EventLog;
import io.byok.kernel.Rejection;
import io.byok.kernel.StreamId;
import io.byok.kernel.erase.ErasureEvent;
import io.byok.platform.event.EventSealing;
import io.byok.platform.event.Opened;
import io.byok.platform.event.StoredEvent;

/** An erasure as it is or was: folded from the log. Always readable, since its events are the tenant's. */
final class ErasureHistory {

    private final EventLog log;
    private final EventSealing sealing;
    private final ErasureDecider decider = new ErasureDecider();

    ErasureHistory(EventLog log, EventSealing sealing) {
        this.log = log;
        this.sealing = sealing;
    }

    Erasure.Present now(StreamId stream) {
        return at(stream, Long.MAX_VALUE);
    }

    /** @throws Rejection when there never was such an erasure, or its tenant is gone */
    Erasure.Present at(StreamId stream, long version) {
        Erasure state = decider.initial();
        for (StoredEvent stored : log.stream(stream, 0)) {
            if (stored.event().sequence() <= version
                    && sealing.open(stored.event()) instanceof Opened.Clear clear
                    && clear.envelope().event() instanceof ErasureEvent event) {
                state = decider.evolve(state, event);
            }
        }
        return switch (state) {
            case Erasure.Absent _ -> throw Rejection.of(ErasureRefusal.NOT_FOUND);
            case Erasure.Present present -> present;
        };
    }
}
