package io.byok.command.head;

import io.byok.command.store.EventLog;
import io.byok.kernel.TenantId;
import io.byok.kernel.audit.Leaf;
import io.byok.kernel.merkle.MerkleHash;
import io.byok.kernel.use.Use;
import io.byok.kernel.use.UseEvent.UsesRecorded;
import io.byok.platform.audit.UseLeaf;
import io.byok.platform.event.EventNames;
import io.byok.platform.event.EventSealing;
import io.byok.platform.event.Opened;
import io.byok.platform.event.StoredEvent;
import io.byok.platform.event.UnreadableEvent;
import io.byok.platform.seal.LookupHash;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;

/**
 * The segments of uses of one tenant and year. Walks over all of them, opening each; what cannot be opened ends the walk,
 * since its leaves could not be made again.
 */
public final class YearOfUses {

    private static final int PAGE = 500;
    private static final String KEEP =
            "insert into log.pruned_use (position, tenant, hashes) values (?, ?, ?) on conflict do nothing";

    private final DataSource database;
    private final EventLog log;
    private final EventSealing sealing;
    private final LookupHash lookup;

    public YearOfUses(DataSource database, EventLog log, EventSealing sealing, LookupHash lookup) {
        this.database = database;
        this.log = log;
        this.sealing = sealing;
        this.lookup = lookup;
    }

    /**
     * What there is.
     *
     * @param events segments
     * @param first position of the first, 0 when there is none
     */
    public record Extent(long events, long uses, long first, long last) {

        private Extent with(long position, int more) {
            return new Extent(events + 1, uses + more, first == 0 ? position : first, position);
        }
    }

    /** Counts, and changes nothing. */
    public Extent count(TenantId tenant, int year) {
        return walk(tenant, year, false);
    }

    /** Counts, and writes down the hashes of all leaves, so that the trees can be made without the key. */
    public Extent keepHashes(TenantId tenant, int year) {
        return walk(tenant, year, true);
    }

    /** @throws UnreadableEvent for one that does not open */
    private Extent walk(TenantId tenant, int year, boolean keep) {
        short name = EventNames.of(UsesRecorded.class).code();
        Extent extent = new Extent(0, 0, 0, 0);
        List<StoredEvent> page;
        do {
            page = log.named(name, tenant, begin(year), begin(year + 1), extent.last(), PAGE);
            for (StoredEvent stored : page) {
                if (!(sealing.open(stored.event()) instanceof Opened.Clear clear)
                        || !(clear.envelope().event() instanceof UsesRecorded recorded)) {
                    throw new UnreadableEvent(stored.event(), "it was let go before");
                }
                if (keep) {
                    keep(stored.position(), tenant, recorded.uses());
                }
                extent = extent.with(stored.position(), recorded.uses().size());
            }
        } while (page.size() == PAGE);
        return extent;
    }

    private static Instant begin(int year) {
        return LocalDate.of(year, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private void keep(long position, TenantId tenant, List<Use> uses) {
        MerkleHash hash = new MerkleHash();
        ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        int item = 1;
        for (Use use : uses) {
            Leaf leaf = UseLeaf.of(
                    position,
                    item++,
                    tenant,
                    use,
                    UseLeaf.blind(lookup, tenant, use.id().value()),
                    hash);
            hashes.writeBytes(hash.leaf(leaf.bytes()));
        }
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(KEEP)) {
            insert.setLong(1, position);
            insert.setObject(2, tenant.value());
            insert.setBytes(3, hashes.toByteArray());
            insert.executeUpdate();
        } catch (SQLException away) {
            throw new IllegalStateException("hashes cannot be kept: SQLSTATE " + away.getSQLState());
        }
    }
}
