package io.byok.command.key;

import io.byok.command.head.KeyHead;
import io.byok.command.head.KeyHeads;
import io.byok.command.key.domain.KeyCommand;
import io.byok.kernel.Provenance;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Destroys the version before a rotation once its overlap is over. That it is not served any more needs no help of this:
 * every use checks the time. What is due stands in the heads, so a restart forgets nothing and several nodes may look.
 */
final class OverlapEnd implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(OverlapEnd.class);
    private static final int MOST_AT_ONCE = 500;

    private final KeyHeads heads;
    private final Keys keys;
    private final Clock clock;

    OverlapEnd(KeyHeads heads, Keys keys, Clock clock) {
        this.heads = heads;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public void run() {
        Instant now = KeyFields.now(clock);
        for (KeyHead head : due(now)) {
            KeyHead.Previous previous = head.previous();
            if (previous == null) {
                continue;
            }
            try {
                keys.send(
                        head,
                        new KeyCommand.RetireVersion(head.key(), previous.version(), now),
                        Provenance.system("overlap-end"),
                        null,
                        Optional.empty());
            } catch (RuntimeException later) {
                LOG.warn("the overlap of {} is over but could not be ended yet: {}", head.key(), later.toString());
            }
        }
    }

    /** Must not throw: a timer that fails once never runs again. */
    private List<KeyHead> due(Instant now) {
        try {
            return heads.overlapsOver(now, MOST_AT_ONCE);
        } catch (RuntimeException away) {
            LOG.debug("cannot look for overlaps that are over: {}", away.toString());
            return List.of();
        }
    }
}
