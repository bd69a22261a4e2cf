package io.byok.command.hold;

import static io.byok.command.jooq.head.Tables.LEGAL_HOLD;

import io.byok.command.bus.Commands;
import io.byok.command.bus.Order;
import io.byok.command.bus.Receipt;
import io.byok.command.head.IdempotencyRecord;
import io.byok.command.head.IdempotencyRecords;
import io.byok.command.hold.domain.Hold;
import io.byok.command.hold.domain.HoldCommand;
import io.byok.command.hold.domain.HoldDecider;
import io.byok.command.hold.domain.HoldRefusal;
import io.byok.command.store.EventLog;
import io.byok.command.store.Row;
import io.byok.kernel.HoldId;
import io.byok.kernel.Provenance;
import io.byok.kernel.Rejection;
import io.byok.kernel.StreamId;
import io.byok.kernel.TenantId;
import io.byok.kernel.hold.HoldEvent;
import io.byok.platform.event.EventSealing;
import io.byok.platform.event.Opened;
import io.byok.platform.event.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Sends commands to legal holds, and shows them as they are: folded from the log, whose events are the tenant's own. */
final class Holds {

    private final Commands commands;
    private final IdempotencyRecords idempotency;
    private final EventLog log;
    private final EventSealing sealing;
    private final DSLContext database;
    private final HoldRows rows = new HoldRows();
    private final HoldDecider decider = new HoldDecider();

    Holds(Commands commands, IdempotencyRecords idempotency, EventLog log, EventSealing sealing, DSLContext database) {
        this.commands = commands;
        this.idempotency = idempotency;
        this.log = log;
        this.sealing = sealing;
        this.database = database;
    }

    /** @throws Rejection as the decider says */
    Receipt<Hold> send(TenantId tenant, HoldCommand command, Provenance by, Optional<IdempotencyRecord> remember) {
        Order<HoldCommand> order =
                new Order<>(HoldCommand.class, command, StreamId.of(command.hold()), tenant, null, by, null);
        return commands.<HoldCommand, Hold>send(order, decided -> {
            List<Row<?>> alongside = new ArrayList<>();
            remember.ifPresent(record -> alongside.add(
                    new Row<>(idempotency, record.showing(StreamId.of(command.hold()), decided.version()))));
            if (decided.changed() && decided.state() instanceof Hold.Present hold) {
                alongside.add(new Row<>(rows, new HoldRows.Standing(tenant, hold)));
            }
            return alongside;
        });
    }

    /** The id, when it is one of this tenant's. */
    HoldId find(TenantId tenant, String text) {
        return HoldId.parse(text)
                .filter(id -> database.fetchExists(
                        LEGAL_HOLD, LEGAL_HOLD.HOLD.eq(id.value()).and(LEGAL_HOLD.TENANT.eq(tenant.value()))))
                .orElseThrow(() -> Rejection.of(HoldRefusal.NOT_FOUND));
    }

    /** The newest first. @param before where the page before ended, absent for the first page */
    List<Hold.Present> list(TenantId tenant, @Nullable HoldId before, int most) {
        List<UUID> ids = database.select(LEGAL_HOLD.HOLD)
                .from(LEGAL_HOLD)
                .where(LEGAL_HOLD.TENANT.eq(tenant.value()))
                .and(before == null ? DSL.noCondition() : LEGAL_HOLD.HOLD.lt(before.value()))
                .orderBy(LEGAL_HOLD.HOLD.desc())
                .limit(most)
                .fetch(LEGAL_HOLD.HOLD);
        return ids.stream().map(id -> now(new HoldId(id))).toList();
    }

    Hold.Present now(HoldId hold) {
        return at(StreamId.of(hold), Long.MAX_VALUE);
    }

    /** As it was after a version. */
    Hold.Present at(StreamId stream, long version) {
        Hold state = decider.initial();
        for (StoredEvent stored : log.stream(stream, 0)) {
            if (stored.event().sequence() <= version
                    && sealing.open(stored.event()) instanceof Opened.Clear clear
                    && clear.envelope().event() instanceof HoldEvent event) {
                state = decider.evolve(state, event);
            }
        }
        return switch (state) {
            case Hold.Absent _ -> throw Rejection.of(HoldRefusal.NOT_FOUND);
            case Hold.Present present -> present;
        };
    }
}
