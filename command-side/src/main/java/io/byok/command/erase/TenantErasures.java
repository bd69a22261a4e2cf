package io.byok.command.erase;

import io.byok.command.bus.Commands;
import io.byok.command.bus.Order;
import io.byok.command.bus.Receipt;
import io.byok.command.erase.domain.TenantErasure;
import io.byok.command.erase.domain.TenantErasureCommand;
import io.byok.command.erase.domain.TenantErasureCommand.ConcludeTenantErasure;
import io.byok.command.erase.domain.TenantErasureCommand.DestroyTenantKeys;
import io.byok.command.erase.domain.TenantErasureCommand.RequestTenantErasure;
import io.byok.command.store.Row;
import io.byok.kernel.Provenance;
import io.byok.kernel.StreamId;
import io.byok.kernel.TenantId;
import java.util.List;

/**
 * Sends the three steps of a tenant's erasure. Their events belong to the tenant of the operator who asked: in the erased
 * one's own history they would be the last to become unreadable.
 */
final class TenantErasures {

    private static final Provenance SAGA = Provenance.system("erasure");

    private final Commands commands;
    private final TenantErasureRows rows = new TenantErasureRows();

    TenantErasures(Commands commands) {
        this.commands = commands;
    }

    /** From the commit on nothing is written that is the tenant's; asked again it changes nothing. */
    Receipt<TenantErasure> request(TenantId operator, RequestTenantErasure command, Provenance by) {
        return send(
                operator,
                command,
                by,
                new TenantErasureStep.Requested(command.erasure(), operator, command.legalBasis(), command.at()));
    }

    /** @throws ErasureRows.Recount when something else is there than was counted */
    void destroy(TenantId operator, String legalBasis, DestroyTenantKeys command) {
        send(
                operator,
                command,
                SAGA,
                new TenantErasureStep.Destroyed(command.erasure(), legalBasis, command.remains(), command.at()));
    }

    void conclude(TenantId operator, ConcludeTenantErasure command, String certificate) {
        send(operator, command, SAGA, new TenantErasureStep.Erased(command.erasure(), certificate, command.at()));
    }

    private Receipt<TenantErasure> send(
            TenantId operator, TenantErasureCommand command, Provenance by, TenantErasureStep step) {
        return commands.<TenantErasureCommand, TenantErasure>send(
                new Order<>(
                        TenantErasureCommand.class, command, StreamId.of(command.erasure()), operator, null, by, null),
                decided -> decided.changed() ? List.of(new Row<>(rows, step)) : List.of());
    }
}
