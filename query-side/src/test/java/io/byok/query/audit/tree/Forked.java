package io.byok.query.audit.tree;

import static io.byok.query.jooq.Tables.AUDIT_CHECKPOINT;
import static io.byok.query.jooq.Tables.AUDIT_LEAF;
import static io.byok.query.jooq.Tables.AUDIT_LOG;
import static io.byok.query.jooq.Tables.AUDIT_TILE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.byok.kernel.TenantId;
import io.byok.kernel.merkle.MerkleHash;
import io.byok.platform.seal.NoteKey;
import io.byok.query.jooq.tables.records.AuditCheckpointRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.DSLContext;

/** A log by the hands of somebody who has the database and the signing key. */
public final class Forked implements AutoCloseable {

    private final SignedLedger log;

    public Forked(long seed) {
        log = new SignedLedger(seed).grow(60, 20).sign();
    }

    public DSLContext jooq() {
        return log.ledger.jooq();
    }

    public DataSource database() {
        return log.ledger.database();
    }

    public TenantId tenant() {
        return log.tenant();
    }

    public NoteKey key() {
        return log.origins.key(AuditTrees.PLATFORM);
    }

    public AuditCheckpointRecord newest(UUID tenant) {
        return log.checkpoints.newest(tenant).orElseThrow();
    }

    public String note(UUID tenant) {
        return log.checkpoints.cosigned(newest(tenant));
    }

    public String export(TenantId tenant) {
        return log.export(tenant, SignedLedger.ALL);
    }

    public NoteKey key(TenantId tenant) {
        return log.origins.key(tenant.value());
    }

    /** Goes on, honestly. */
    public void grow() {
        log.grow(20, 20).sign();
    }

    /** Writes another history of the same tenant that is longer by so many leaves, signs it, and forgets the true one. */
    public void fork(int longer) {
        UUID tenant = tenant().value();
        long size = newest(tenant).getSize();
        List<byte[]> leaves = new ArrayList<>();
        for (long i = 0; i < size + longer; i++) {
            leaves.add(new MerkleHash().leaf(("forged " + i).getBytes(UTF_8)));
        }
        DSLContext jooq = jooq();
        jooq.deleteFrom(AUDIT_CHECKPOINT)
                .where(AUDIT_CHECKPOINT.TENANT.eq(tenant))
                .execute();
        jooq.deleteFrom(AUDIT_LEAF).where(AUDIT_LEAF.TENANT.eq(tenant)).execute();
        jooq.deleteFrom(AUDIT_TILE).where(AUDIT_TILE.TENANT.eq(tenant)).execute();
        jooq.deleteFrom(AUDIT_LOG).where(AUDIT_LOG.TENANT.eq(tenant)).execute();
        Map<UUID, Long> _ = new Trees(jooq, new MerkleHash()).append(Map.of(tenant, leaves));
        log.signing.sign(tenant);
    }

    @Override
    public void close() {
        log.close();
    }
}
