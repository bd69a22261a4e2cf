package io.byok.query;

import io.byok.kernel.ErasureId;
import io.byok.kernel.StreamId;
import io.byok.kernel.erase.Acknowledgement;
import io.byok.kernel.erase.ErasureEvent.SubjectErased;
import io.byok.kernel.erase.ErasureEvent.SubjectErasureRequested;
import io.byok.kernel.erase.ErasureEvent.SubjectKeysDestroyed;
import io.byok.kernel.erase.ErasureEvent.SubjectUsageKept;
import io.byok.kernel.erase.UsageSum;
import io.byok.kernel.usage.UsageRecord;
import io.byok.platform.seal.Tombstone;
import io.byok.platform.seal.Tombstones;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Erases users of a sample history as the write side does: really, and with the events that say so. */
public final class Shredder {

    private static final Instant AT = Instant.parse("2026-11-22T12:00:00Z");

    private final Ledger ledger;
    private final SampleHistory history;

    public Shredder(Ledger ledger, SampleHistory history) {
        this.ledger = ledger;
        this.history = history;
    }

    public void erase(SampleHistory.User user) throws SQLException {
        ErasureId id = ErasureId.of(user.subject());
        StreamId stream = StreamId.of(id);
        ledger.append(
                user.tenant(),
                null,
                stream,
                new SubjectErasureRequested(id, user.subject(), "left us", "GDPR Art. 17(1)(b)", AT));
        List<Tombstone> tombstones;
        try (Connection connection = ledger.database().getConnection()) {
            connection.setAutoCommit(false);
            tombstones = Tombstones.ofSubject(connection, user.tenant(), user.subject(), "Art. 17", AT);
            Tombstones.delete(connection, tombstones);
            Tombstones.bury(connection, tombstones);
            connection.commit();
        }
        tombstones.forEach(one -> ledger.keyring().forget(one.ref()));
        ledger.append(user.tenant(), null, stream, new SubjectUsageKept(id, usage(user), AT));
        ledger.append(
                user.tenant(),
                null,
                stream,
                new SubjectKeysDestroyed(
                        id,
                        user.subject(),
                        history.keys().stream()
                                .filter(key -> key.user.equals(user))
                                .map(key -> key.id)
                                .toList(),
                        0,
                        List.of(),
                        List.of(),
                        AT));
        ledger.append(
                user.tenant(),
                null,
                stream,
                new SubjectErased(id, user.subject(), List.of(new Acknowledgement("vault", "deleted", AT)), "00", AT));
    }

    /** Not summed up: that is the reader's affair. */
    private List<UsageSum> usage(SampleHistory.User user) {
        List<UsageSum> sums = new ArrayList<>();
        for (SampleHistory.Reported one : history.reported()) {
            if (one.user().equals(user)) {
                UsageRecord record = one.record();
                add(sums, record, "requests", "", BigDecimal.ONE);
                if (record.status().equals("error")) {
                    add(sums, record, "errors", "", BigDecimal.ONE);
                }
                record.units().forEach((unit, amount) -> add(sums, record, "unit", unit, amount));
                UsageRecord.Cost cost = record.cost();
                if (cost == null) {
                    add(sums, record, "uncosted", "", BigDecimal.ONE);
                } else {
                    add(sums, record, "cost", cost.currency(), cost.amount());
                }
            }
        }
        return sums;
    }

    private static void add(List<UsageSum> sums, UsageRecord record, String measure, String name, BigDecimal amount) {
        sums.add(new UsageSum(
                record.occurredAt().atOffset(ZoneOffset.UTC).toLocalDate().toString(),
                record.provider(),
                record.model(),
                measure,
                name,
                amount));
    }
}
