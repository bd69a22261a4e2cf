package io.byok.command.erase;

import io.byok.command.erase.domain.Remains;
import io.byok.command.store.EventLog;
import io.byok.command.vault.CredentialVault;
import io.byok.kernel.KeyId;
import io.byok.kernel.StreamType;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.erase.DestroyedKey;
import io.byok.kernel.erase.HistorySpan;
import io.byok.kernel.usage.UsageEvent;
import io.byok.platform.event.EventSealing;
import io.byok.platform.event.Opened;
import io.byok.platform.event.SealedEvent;
import io.byok.platform.event.StoredEvent;
import io.byok.platform.event.UnreadableEvent;
import io.byok.platform.seal.KeysUnavailable;
import io.byok.platform.seal.Tombstone;
import io.byok.platform.seal.Tombstones;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds all that there is about an end user. Complete once the erasure was asked for: from then on the log takes nothing
 * more about them. Memory grows with their keys and with their days of usage, not with their history.
 */
final class Inventory {

    private static final Logger LOG = LoggerFactory.getLogger(Inventory.class);
    private static final int PAGE = 1000;

    private final DataSource database;
    private final EventLog log;
    private final EventSealing sealing;

    Inventory(DataSource database, EventLog log, EventSealing sealing) {
        this.database = database;
        this.log = log;
        this.sealing = sealing;
    }

    /** @throws KeysUnavailable when root or database are away: the totals of usage must not be lost to that */
    Remains of(TenantId tenant, SubjectId subject, String legalBasis, Instant at) {
        Map<String, HistorySpan> spans = new TreeMap<>();
        TreeSet<KeyId> keys = new TreeSet<>((a, b) -> a.text().compareTo(b.text()));
        UsageSums usage = new UsageSums();
        for (List<StoredEvent> page = log.about(subject, 0, PAGE);
                !page.isEmpty();
                page = log.about(subject, page.getLast().position(), PAGE)) {
            for (StoredEvent stored : page) {
                SealedEvent event = stored.event();
                spans.merge(name(event), span(stored), Inventory::join);
                switch (event.stream().type()) {
                    case KEY -> keys.add(new KeyId(event.stream().value()));
                    case USAGE -> count(event, usage);
                    case TENANT, API_TOKEN, SUBJECT, USE, ERASURE, LEGAL_HOLD -> {}
                }
            }
        }
        try (Connection connection = database.getConnection()) {
            return new Remains(
                    List.copyOf(keys),
                    CredentialVault.count(connection, keys),
                    tombstones(connection, tenant, subject, keys, legalBasis, at).stream()
                            .map(Inventory::named)
                            .toList(),
                    List.copyOf(spans.values()),
                    usage.list());
        } catch (SQLException away) {
            throw new KeysUnavailable("the vault's tables do not answer", away);
        }
    }

    /** Everything that opens something about the user, as it would be buried now. */
    static List<Tombstone> tombstones(
            Connection connection,
            TenantId tenant,
            SubjectId subject,
            Collection<KeyId> keys,
            String legalBasis,
            Instant at)
            throws SQLException {
        List<Tombstone> all = new ArrayList<>(Tombstones.ofSubject(connection, tenant, subject, legalBasis, at));
        all.addAll(CredentialVault.tombstones(connection, tenant, keys, legalBasis, at));
        return all;
    }

    static DestroyedKey named(Tombstone one) {
        return new DestroyedKey(
                one.ref().id().toString(), one.ref().version(), one.ref().kind().word(), one.wrapHash());
    }

    private void count(SealedEvent event, UsageSums usage) {
        try {
            if (sealing.open(event) instanceof Opened.Clear clear
                    && clear.envelope().event() instanceof UsageEvent reported) {
                usage.add(reported);
            }
        } catch (UnreadableEvent damaged) {
            // Nobody can read it, so no read model counts it either; the user has a right to be erased all the same.
            LOG.warn("usage that cannot be read is not kept in the totals: {}", damaged.getMessage());
        }
    }

    /** Streams that one user has many of stand together. */
    private static String name(SealedEvent event) {
        StreamType type = event.stream().type();
        return type == StreamType.KEY || type == StreamType.SUBJECT
                ? event.stream().toString()
                : type.word();
    }

    private static HistorySpan span(StoredEvent stored) {
        return new HistorySpan(name(stored.event()), 1, stored.position(), stored.position());
    }

    private static HistorySpan join(HistorySpan a, HistorySpan b) {
        return new HistorySpan(
                a.stream(), a.events() + b.events(), Math.min(a.first(), b.first()), Math.max(a.last(), b.last()));
    }
}
