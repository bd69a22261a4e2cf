package io.byok.query.audit.tree;

import static io.byok.query.jooq.Tables.AUDIT_CHECKPOINT;
import static io.byok.query.jooq.Tables.AUDIT_LOG;

import io.byok.kernel.audit.Checkpoint;
import io.byok.kernel.merkle.MerkleHash;
import io.byok.kernel.merkle.MissingNode;
import io.byok.query.feed.Held;
import io.byok.query.jooq.tables.records.AuditCheckpointRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Cursor;
import org.jooq.DSLContext;

/** Holds every signed state against a replay: the tree that is made again from the events must have its root. */
final class SignedRoots {

    private static final int MOST = 50;
    private static final int FETCH = 1_000;

    private final DSLContext replayed;
    private final MerkleHash hash = new MerkleHash();
    private final Map<UUID, Long> sizes = new HashMap<>();
    private final List<Held.Finding> findings = new ArrayList<>();
    private byte[] said = new byte[MerkleHash.LENGTH];
    private byte[] made = new byte[MerkleHash.LENGTH];

    SignedRoots(DSLContext replayed) {
        this.replayed = replayed;
        replayed.selectFrom(AUDIT_LOG).forEach(row -> sizes.put(row.getTenant(), row.getSize()));
    }

    /** @param position up to which states are looked at */
    Held compare(DSLContext live, long position) {
        live.transaction(transaction -> {
            try (Cursor<AuditCheckpointRecord> states = transaction
                    .dsl()
                    .selectFrom(AUDIT_CHECKPOINT)
                    .where(AUDIT_CHECKPOINT.POSITION.le(position))
                    .orderBy(AUDIT_CHECKPOINT.TENANT, AUDIT_CHECKPOINT.SIZE)
                    .fetchSize(FETCH)
                    .fetchLazy()) {
                states.forEach(this::compare);
            }
        });
        HexFormat hex = HexFormat.of();
        return new Held(AUDIT_CHECKPOINT.getName(), hex.formatHex(said), hex.formatHex(made), findings);
    }

    private void compare(AuditCheckpointRecord state) {
        byte[] signed = noted(state);
        byte[] root = root(state.getTenant(), state.getSize());
        said = chain(said, state, signed);
        made = chain(made, state, root);
        if (!Arrays.equals(signed, root) && findings.size() < MOST) {
            findings.add(new Held.Finding(
                    "different",
                    state.getTenant(),
                    Map.of("tenant", state.getTenant().toString(), "size", Long.toString(state.getSize()))));
        }
    }

    /** The root that the note speaks of; nothing when row and note contradict each other. */
    private static byte[] noted(AuditCheckpointRecord state) {
        int end = state.getNote().indexOf("\n\n");
        return Checkpoint.parse(state.getNote().substring(0, end + 1))
                .filter(note -> note.size() == state.getSize() && Arrays.equals(note.root(), state.getRoot()))
                .map(Checkpoint::root)
                .orElse(new byte[0]);
    }

    private byte[] root(UUID tenant, long size) {
        if (size > sizes.getOrDefault(tenant, 0L)) {
            return new byte[1]; // the events end before it
        }
        try {
            return new TileReader(replayed, tenant).prove(proofs -> proofs.root(size));
        } catch (MissingNode missing) {
            return new byte[1];
        }
    }

    private byte[] chain(byte[] before, AuditCheckpointRecord state, byte[] root) {
        return hash.sha256(ByteBuffer.allocate(before.length + 24 + root.length)
                .put(before)
                .putLong(state.getTenant().getMostSignificantBits())
                .putLong(state.getTenant().getLeastSignificantBits())
                .putLong(state.getSize())
                .put(root)
                .array());
    }
}
