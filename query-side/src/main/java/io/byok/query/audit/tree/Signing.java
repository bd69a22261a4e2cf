package io.byok.query.audit.tree;

import static io.byok.query.jooq.Tables.AUDIT_CHECKPOINT;
import static io.byok.query.jooq.Tables.AUDIT_LOG;
import static io.byok.query.jooq.Tables.PROJECTION;

import io.byok.kernel.audit.Checkpoint;
import io.byok.kernel.merkle.MerkleHash;
import io.byok.kernel.merkle.MissingNode;
import io.byok.kernel.merkle.Verification;
import io.byok.platform.seal.CheckpointSigner;
import io.byok.platform.seal.SignedNote;
import io.byok.query.feed.Rows;
import io.byok.query.jooq.tables.records.AuditCheckpointRecord;
import io.byok.query.jooq.tables.records.AuditLogRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Signs the state of a log, at most once for each size, and only if it is the continuation of the state that was signed
 * before: the newest signed note must verify, the tiles must lead from its root to the new one, and the right edge must
 * have that root, too. What is returned is on disk.
 */
public final class Signing {

    private final DSLContext view;
    private final CheckpointSigner signer;
    private final Origins origins;
    private final InstantSource clock;

    public Signing(DSLContext view, CheckpointSigner signer, Origins origins, InstantSource clock) {
        this.view = view;
        this.signer = signer;
        this.origins = origins;
        this.clock = clock;
    }

    /** Logs with at least so many leaves that no signed state covers. */
    List<UUID> behind(long leaves) {
        return view.select(AUDIT_LOG.TENANT)
                .from(AUDIT_LOG)
                .where(AUDIT_LOG.SIZE.ge(DSL.coalesce(
                                DSL.field(DSL.select(DSL.max(AUDIT_CHECKPOINT.SIZE))
                                        .from(AUDIT_CHECKPOINT)
                                        .where(AUDIT_CHECKPOINT.TENANT.eq(AUDIT_LOG.TENANT))),
                                DSL.val(0L))
                        .plus(leaves)))
                .orderBy(AUDIT_LOG.TENANT)
                .fetch(AUDIT_LOG.TENANT);
    }

    /**
     * Signs what is there; empty when that is signed already.
     *
     * @throws Inconsistent when it is no continuation; nothing was signed
     */
    public Optional<AuditCheckpointRecord> sign(UUID tenant) {
        String origin = origins.of(tenant);
        try {
            return view.transactionResult(transaction -> sign(transaction.dsl(), tenant, origin));
        } catch (MissingNode missing) {
            throw new Inconsistent(origin, String.valueOf(missing.getMessage()));
        }
    }

    private Optional<AuditCheckpointRecord> sign(DSLContext inside, UUID tenant, String origin) {
        // Who signs holds the log's row: nothing is appended meanwhile, and no other node signs from the same state.
        AuditLogRecord log = inside.selectFrom(AUDIT_LOG)
                .where(AUDIT_LOG.TENANT.eq(tenant))
                .forUpdate()
                .fetchOne();
        AuditCheckpointRecord last = new Checkpoints(inside).newest(tenant).orElse(null);
        if (log == null || last != null && last.getSize().equals(log.getSize())) {
            return Optional.empty();
        }
        byte[] root = continuation(inside, origin, log, last);
        AuditCheckpointRecord row = new AuditCheckpointRecord();
        row.setTenant(tenant);
        row.setSize(log.getSize());
        row.setRoot(root);
        row.setPosition(position(inside));
        Instant now = clock.instant();
        row.setNote(signer.sign(new Checkpoint(origin, log.getSize(), root), now));
        row.setSignedAt(Rows.utc(now));
        row.setPublished(false);
        inside.insertInto(AUDIT_CHECKPOINT).set(row).execute();
        return Optional.of(row);
    }

    private byte[] continuation(
            DSLContext inside, String origin, AuditLogRecord log, @Nullable AuditCheckpointRecord last) {
        long size = log.getSize();
        TileReader tiles = new TileReader(inside, log.getTenant());
        byte[] root = tiles.prove(proofs -> proofs.root(size));
        MerkleHash hash = new MerkleHash();
        if (!Arrays.equals(root, Trees.range(hash, log).root())) {
            throw new Inconsistent(origin, "its tiles and its right edge have different roots");
        }
        if (last == null) {
            return root;
        }
        if (last.getSize() > size) {
            throw new Inconsistent(origin, "it has " + size + " leaves, and " + last.getSize() + " were signed");
        }
        Checkpoint signed = SignedNote.open(last.getNote(), signer.key(origin))
                .flatMap(Checkpoint::parse)
                .filter(one -> one.origin().equals(origin) && one.size() == last.getSize())
                .orElseThrow(() -> new Inconsistent(origin, "its last signed state does not verify"));
        boolean consistent = new Verification(hash)
                .consistent(
                        signed.size(),
                        signed.root(),
                        size,
                        root,
                        tiles.prove(proofs -> proofs.consistency(signed.size(), size)));
        if (!consistent) {
            throw new Inconsistent(origin, "it does not continue the state that was signed at " + signed.size());
        }
        return root;
    }

    private static long position(DSLContext inside) {
        Long position = inside.select(PROJECTION.POSITION)
                .from(PROJECTION)
                .where(PROJECTION.NAME.eq("audit"))
                .and(PROJECTION.LANE.eq((short) 0))
                .fetchOne(PROJECTION.POSITION);
        return position == null ? 0 : position;
    }
}
