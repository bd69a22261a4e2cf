package io.byok.command.key;

import io.byok.command.key.domain.Key;
import io.byok.command.key.domain.KeyDecider;
import io.byok.command.store.EventLog;
import io.byok.kernel.Rejection;
import io.byok.kernel.StreamId;
import io.byok.kernel.key.KeyEvent;
import io.byok.kernel.key.KeyNotFound;
import io.byok.platform.event.EventSealing;
import io.byok.platform.event.Opened;
import io.byok.platform.event.StoredEvent;

/** A key as it was: folded from the log up to a version. */
final class KeyHistory {

    private final EventLog log;
    private final EventSealing sealing;
    private final KeyDecider decider = new KeyDecider();

    KeyHistory(EventLog log, EventSealing sealing) {
        this.log = log;
        this.sealing = sealing;
    }

    /** @throws Rejection when the end user was erased since, or there never was such a key */
    Key.Present at(StreamId stream, long version) {
        Key state = decider.initial();
        for (StoredEvent stored : log.stream(stream, 0)) {
            if (stored.event().sequence() > version) {
                break;
            }
            state = switch (sealing.open(stored.event())) {
                case Opened.Clear clear ->
                    decider.evolve(state, (KeyEvent) clear.envelope().event());
                case Opened.Shredded _ -> throw Rejection.of(KeyNotFound.KEY_NOT_FOUND);
            };
        }
        return switch (state) {
            case Key.Absent _ -> throw Rejection.of(KeyNotFound.KEY_NOT_FOUND);
            case Key.Present present -> present;
        };
    }
}
