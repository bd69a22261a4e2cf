package io.byok.bench;

import static io.byok.query.jooq.Tables.AUDIT_LEAF;
import static io.byok.query.jooq.Tables.AUDIT_LOG;

import com.github.f4b6a3.uuid.UuidCreator;
import io.byok.command.store.Appender;
import io.byok.command.store.Lane;
import io.byok.command.store.LogConnections;
import io.byok.kernel.Envelope;
import io.byok.kernel.TenantId;
import io.byok.platform.event.EventJson;
import io.byok.platform.event.EventSealing;
import io.byok.platform.event.Opened;
import io.byok.platform.event.SealedEvent;
import io.byok.platform.event.SealedEvents;
import io.byok.platform.seal.CheckpointSigner;
import io.byok.platform.seal.Keyring;
import io.byok.platform.seal.KeyringFile;
import io.byok.platform.seal.LookupHash;
import io.byok.platform.seal.NoteKey;
import io.byok.platform.seal.TenantKeks;
import io.byok.query.audit.AuditProjector;
import io.byok.query.audit.tree.AuditTrees;
import io.byok.query.audit.tree.Blinds;
import io.byok.query.audit.tree.Export;
import io.byok.query.audit.tree.Origins;
import io.byok.query.audit.tree.Signing;
import io.byok.query.audit.tree.TileCache;
import io.byok.query.audit.tree.TileReader;
import io.byok.query.feed.Batch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** An audit log in an embedded PostgreSQL, and a table that takes the same leaves and nothing more. */
final class AuditBenchLog implements AutoCloseable {

    static final TenantId TENANT = new TenantId(UuidCreator.getTimeOrderedEpoch());

    private final TileCache tiles = new TileCache();
    private final BenchDatabase database = new BenchDatabase("db/platform", "db/command", "db/query");
    private final DSLContext view = DSL.using(database.pool(), SQLDialect.POSTGRES);
    private final Path keys = Files.createTempDirectory("byok-bench").resolve("keyring");
    private final Keyring keyring = new Keyring(
            database.pool(),
            new TenantKeks(database.pool(), KeyringFile.openOrCreate(keys).roots()));
    private final CheckpointSigner signer = new CheckpointSigner(keyring, false);
    private final Origins origins = new Origins(signer);
    private final Blinds blinds = Blinds.from(new LookupHash(keyring));
    private final AuditTrees trees = new AuditTrees(blinds);
    private final AuditProjector projector = new AuditProjector(trees);
    private final EventSealing sealing = new SealedEvents(keyring, new EventJson());

    AuditBenchLog() throws IOException {
        view.execute("create table bench_leaf (like view.audit_leaf including all)");
    }

    /** The event store in the same database. */
    Appender appender() throws SQLException {
        return new Appender(
                LogConnections.of(
                        database.engine().jdbcUrl(),
                        database.engine().username(),
                        database.engine().password(),
                        "bench"),
                Lane.FIRST);
    }

    SealedEvent seal(Envelope envelope) {
        return sealing.seal(envelope);
    }

    Opened open(SealedEvent event) {
        return sealing.open(event);
    }

    /** The trees, and the audit trail that is written with them. */
    void project(Batch batch) {
        view.transaction(transaction -> projector.apply(transaction.dsl(), batch));
    }

    void append(Batch batch) {
        view.transaction(transaction -> trees.append(transaction.dsl(), batch));
    }

    /** Writes the leaves of the last batch again, into the other table. */
    void copy() {
        view.execute(
                "insert into bench_leaf select * from view.audit_leaf where tenant = ? and index >="
                        + " (select size from view.audit_log where tenant = ?) - 5000",
                TENANT.value(),
                TENANT.value());
    }

    void sign() {
        signer.prepare();
        new Signing(view, signer, origins, InstantSource.system()).sign(TENANT.value());
    }

    long size() {
        return Objects.requireNonNull(view.select(AUDIT_LOG.SIZE)
                .from(AUDIT_LOG)
                .where(AUDIT_LOG.TENANT.eq(TENANT.value()))
                .fetchSingle(AUDIT_LOG.SIZE));
    }

    void prove(long index, long size) {
        new TileReader(view, TENANT.value(), tiles.of(1, TENANT.value()))
                .prove(proofs -> proofs.inclusion(index, size));
    }

    void readLeaf(long index) {
        view.select(AUDIT_LEAF.LEAF)
                .from(AUDIT_LEAF)
                .where(AUDIT_LEAF.TENANT.eq(TENANT.value()))
                .and(AUDIT_LEAF.INDEX.eq(index))
                .fetchSingle();
    }

    void export(OutputStream out) {
        new Export(view, origins, blinds).all(TENANT, out);
    }

    NoteKey key() {
        return origins.key(TENANT.value());
    }

    @Override
    public void close() throws IOException {
        keyring.close();
        database.close();
        Files.deleteIfExists(keys);
    }
}
