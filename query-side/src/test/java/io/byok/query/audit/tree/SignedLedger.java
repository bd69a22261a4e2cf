package io.byok.query.audit.tree;

import io.byok.kernel.TenantId;
import io.byok.kernel.merkle.MerkleHash;
import io.byok.kernel.merkle.Verification;
import io.byok.platform.audit.BundleVerifier;
import io.byok.platform.audit.Proved;
import io.byok.platform.audit.Unproved;
import io.byok.platform.event.StoredEvent;
import io.byok.platform.seal.CheckpointSigner;
import io.byok.platform.seal.LookupHash;
import io.byok.platform.seal.NoteKey;
import io.byok.query.Ledger;
import io.byok.query.SampleHistory;
import io.byok.query.audit.AuditProjector;
import io.byok.query.feed.EventOpener;
import io.byok.query.feed.Place;
import io.byok.query.feed.Places;
import io.byok.query.feed.Projection;
import io.byok.query.feed.Received;
import io.byok.query.jooq.tables.records.AuditCheckpointRecord;
import io.byok.query.web.TimeRange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A ledger whose history stands in the audit logs, and all that reads and signs them. */
public final class SignedLedger implements AutoCloseable {

    static final ExportRange ALL = new ExportRange(null, null, new TimeRange(null, null), null, false);

    final Ledger ledger = new Ledger();
    final SampleHistory history;
    final CheckpointSigner signer = new CheckpointSigner(ledger.keyring(), false);
    final Origins origins = new Origins(signer);
    final Checkpoints checkpoints = new Checkpoints(ledger.jooq());
    final Signing signing = new Signing(ledger.jooq(), signer, origins, InstantSource.system());
    final Blinds blinds = Blinds.from(new LookupHash(ledger.keyring()));
    final AuditProjector projector = new AuditProjector(new AuditTrees(blinds));
    final ProofReader proofs = new ProofReader(ledger.jooq(), checkpoints, origins);
    final Export export = new Export(ledger.jooq(), origins, blinds);

    public SignedLedger(long seed) {
        history = new SampleHistory(ledger, seed);
    }

    /** Adds to the history and to the logs, so many events at a time. */
    public SignedLedger grow(int steps, int batch) {
        history.grow(steps);
        Place place = Places.of(Places.read(ledger.jooq(), 0), projector);
        Projection projection = new Projection(ledger.jooq(), projector, 0, place);
        EventOpener opener = new EventOpener(ledger.sealing());
        List<StoredEvent> fresh = ledger.history()
                .subList((int) place.position(), ledger.history().size());
        for (int from = 0; from < fresh.size(); from += batch) {
            projection.apply(fresh.subList(from, Math.min(from + batch, fresh.size())).stream()
                    .map(event -> opener.open(event, Received.NO_OFFSET))
                    .toList());
        }
        return this;
    }

    public Ledger ledger() {
        return ledger;
    }

    public AuditProjector projector() {
        return projector;
    }

    /** Of some event of a tenant's that uses nothing. */
    public long positionOf(TenantId tenant) {
        return ledger.history().stream()
                .filter(stored -> stored.event().tenant().equals(tenant))
                .skip(4)
                .findFirst()
                .orElseThrow()
                .position();
    }

    /** Signs all logs. */
    public SignedLedger sign() {
        signing.behind(1).forEach(signing::sign);
        return this;
    }

    /** Who signs a tenant's log. */
    public NoteKey key(TenantId tenant) {
        return origins.key(tenant.value());
    }

    public TenantId tenant() {
        return history.tenants().getFirst();
    }

    String export(TenantId tenant, ExportRange range) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ExportLines lines = new ExportLines(bytes)) {
            export.write(tenant, checkpoints.newest(tenant.value()).orElseThrow(), range, lines);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    Proved verify(TenantId tenant, String bundle, @Nullable String since) {
        try {
            return BundleVerifier.verify(
                    new ByteArrayInputStream(bundle.getBytes(StandardCharsets.UTF_8)),
                    origins.key(tenant.value()),
                    since);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with the export of a tenant; empty when all of it is proved. */
    Optional<Unproved> fault(TenantId tenant, @Nullable String since) {
        try {
            verify(tenant, export(tenant, ALL), since);
            return Optional.empty();
        } catch (Unproved unproved) {
            return Optional.of(unproved);
        }
    }

    /** Lets go every year of uses of a tenant. @return how many uses */
    public long prune(TenantId tenant) throws SQLException {
        Pruner pruner = new Pruner(ledger, blinds);
        long uses = 0;
        for (int year : List.of(2025, 2026, 2027)) {
            uses += pruner.prune(tenant, year);
        }
        return uses;
    }

    /** The newest signed state. */
    public String newestNote(TenantId tenant) {
        return checkpoints.newest(tenant.value()).orElseThrow().getNote();
    }

    /** Whether the proof that is shown for a leaf leads to the newest signed state. */
    public boolean proves(TenantId tenant, long index) {
        AuditCheckpointRecord state = checkpoints.newest(tenant.value()).orElseThrow();
        ProofViews.InclusionView shown = proofs.inclusion(tenant, index, state.getSize());
        return new Verification(new MerkleHash())
                .includes(
                        Base64.getDecoder().decode(shown.leafHash()),
                        index,
                        state.getSize(),
                        shown.hashes().stream().map(Base64.getDecoder()::decode).toList(),
                        state.getRoot());
    }

    /** What the whole export of a tenant proves. */
    public Proved proved(TenantId tenant, @Nullable String since) {
        return verify(tenant, export(tenant, ALL), since);
    }

    public Optional<Unproved> faultOf(TenantId tenant) {
        return fault(tenant, null);
    }

    /** All tenants but {@link #tenant}. */
    public List<TenantId> others() {
        return history.tenants().subList(1, history.tenants().size());
    }

    @Override
    public void close() {
        ledger.close();
    }
}
