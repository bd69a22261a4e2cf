package io.byok.command.erase;

import io.byok.command.bus.Commands;
import io.byok.command.bus.Order;
import io.byok.command.bus.Receipt;
import io.byok.command.erase.domain.Erasure;
import io.byok.command.erase.domain.ErasureCommand;
import io.byok.command.erase.domain.ErasureCommand.ConcludeErasure;
import io.byok.command.erase.domain.ErasureCommand.DestroyKeys;
import io.byok.command.erase.domain.ErasureCommand.RequestErasure;
import io.byok.command.head.IdempotencyRecord;
import io.byok.command.head.IdempotencyRecords;
import io.byok.command.store.Row;
import io.byok.kernel.Provenance;
import io.byok.kernel.StreamId;
import io.byok.kernel.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sends the three steps of an erasure. Their events belong to the tenant's own affairs: sealed under a key of the user
 * they would be the last to become unreadable.
 */
final class Erasures {

    private static final Provenance SAGA = Provenance.system("erasure");

    private final Commands commands;
    private final IdempotencyRecords idempotency;
    private final ErasureRows rows = new ErasureRows();

    Erasures(Commands commands, IdempotencyRecords idempotency) {
        this.commands = commands;
        this.idempotency = idempotency;
    }

    /** From the commit on no key of the user serves and nothing is written about them; asked again it changes nothing. */
    Receipt<Erasure> request(
            TenantId tenant, RequestErasure command, Provenance by, Optional<IdempotencyRecord> remember) {
        return commands.send(order(tenant, command, by), decided -> {
            List<Row<?>> alongside = new ArrayList<>();
            remember.ifPresent(record -> alongside.add(
                    new Row<>(idempotency, record.showing(StreamId.of(command.erasure()), decided.version()))));
            if (decided.changed()) {
                alongside.add(new Row<>(
                        rows,
                        new ErasureStep.Requested(command.erasure(), tenant, command.legalBasis(), command.at())));
            }
            return alongside;
        });
    }

    /** @throws ErasureRows.Recount when something else is there than was counted */
    void destroy(TenantId tenant, String legalBasis, DestroyKeys command) {
        send(
                tenant,
                command,
                new ErasureStep.Destroyed(
                        command.erasure(),
                        tenant,
                        legalBasis,
                        command.remains().keys(),
                        command.remains().dataKeys(),
                        command.at()));
    }

    void conclude(TenantId tenant, ConcludeErasure command, String certificate) {
        send(tenant, command, new ErasureStep.Erased(command.erasure(), tenant, certificate, command.at()));
    }

    private void send(TenantId tenant, ErasureCommand command, ErasureStep step) {
        commands.<ErasureCommand, Erasure>send(
                order(tenant, command, SAGA),
                decided -> decided.changed() ? List.of(new Row<>(rows, step)) : List.of());
    }

    private static Order<ErasureCommand> order(TenantId tenant, ErasureCommand command, Provenance by) {
        return new Order<>(ErasureCommand.class, command, StreamId.of(command.erasure()), tenant, null, by, null);
    }
}
