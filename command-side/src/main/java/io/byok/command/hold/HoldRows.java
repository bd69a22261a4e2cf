package io.byok.command.hold;

import io.byok.command.head.LegalHolds;
import io.byok.command.hold.domain.Hold;
import io.byok.command.store.Alongside;
import io.byok.command.store.Pending;
import io.byok.kernel.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Keeps the row of a hold in the transaction of its events: from that commit on it holds, or does no longer. */
final class HoldRows implements Alongside<HoldRows.Standing> {

    /** How a hold stands after a command. */
    record Standing(TenantId tenant, Hold.Present hold) {}

    @Override
    public void write(Connection connection, List<Pending<Standing>> items) throws SQLException {
        for (Pending<Standing> item : items) {
            Hold.Present hold = item.value().hold();
            Hold.Terms terms = hold.terms();
            int status = HoldStatus.of(hold).code();
            switch (hold) {
                case Hold.Requested _ ->
                    LegalHolds.insert(connection, item.value().tenant(), terms.id(), terms.scope(), status, terms.at());
                case Hold.Placed _, Hold.LiftRequested _, Hold.Lifted _, Hold.Withdrawn _ ->
                    LegalHolds.update(connection, terms.id(), status);
            }
        }
    }
}
