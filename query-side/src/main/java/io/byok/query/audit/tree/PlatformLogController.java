package io.byok.query.audit.tree;

import io.byok.platform.web.Answers;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.Scopes;
import io.byok.query.jooq.tables.records.AuditCheckpointRecord;
import io.byok.query.web.TimeRange;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The platform's log, for the operator: every event of every tenant, without their uses. Its leaves hold random ids only,
 * but how much each tenant does can be counted in it, so no tenant may read it.
 */
@RestController("auditPlatformLogController")
public final class PlatformLogController {

    private final ProofReader reader;
    private final Export export;

    PlatformLogController(ProofReader reader, Export export) {
        this.reader = reader;
        this.export = export;
    }

    /** @param database read as the server itself: these rows are no tenant's, so no tenant's wall lets them through */
    @Autowired
    public PlatformLogController(DataSource database, Origins origins, Blinds blinds) {
        this(DSL.using(database, SQLDialect.POSTGRES), origins, blinds);
    }

    private PlatformLogController(DSLContext own, Origins origins, Blinds blinds) {
        this(new ProofReader(own, new Checkpoints(own), origins), new Export(own, origins, blinds));
    }

    @GetMapping("/v1/platform/audit/signing-key")
    @RequiresScope(Scopes.TENANTS_WRITE)
    public ProofViews.SigningKeyView platformSigningKey() {
        return reader.key(ProofReader.PLATFORM);
    }

    /** The newest signed state, or the newest that is no larger than {@code size}. */
    @GetMapping("/v1/platform/audit/checkpoint")
    @RequiresScope(Scopes.TENANTS_WRITE)
    @Answers(body = ProofViews.CheckpointView.class, problems = 404)
    public ProofViews.CheckpointView platformCheckpoint(@RequestParam @Nullable String size) {
        return reader.show(reader.checkpoint(
                ProofReader.PLATFORM, size == null ? Long.MAX_VALUE : ProofController.number("size", size)));
    }

    /** That the leaf with that index, which is that of the position one higher, is in the tree of that size. */
    @GetMapping("/v1/platform/audit/proofs/inclusion")
    @RequiresScope(Scopes.TENANTS_WRITE)
    @Answers(body = ProofViews.InclusionView.class, problems = 404)
    public ProofViews.InclusionView platformInclusion(
            @RequestParam @Nullable String index, @RequestParam @Nullable String size) {
        long of = size != null
                ? ProofController.number("size", size)
                : reader.checkpoint(ProofReader.PLATFORM, Long.MAX_VALUE).getSize();
        return reader.inclusion(ProofReader.PLATFORM, ProofController.number("index", index), of);
    }

    /** That the tree of the size {@code to} begins with the one of the size {@code from}. */
    @GetMapping("/v1/platform/audit/proofs/consistency")
    @RequiresScope(Scopes.TENANTS_WRITE)
    @Answers(body = ProofViews.ConsistencyView.class, problems = 404)
    public ProofViews.ConsistencyView platformConsistency(
            @RequestParam @Nullable String from, @RequestParam @Nullable String to) {
        long smaller = ProofController.number("from", from);
        long larger = ProofController.number("to", to);
        if (smaller > larger) {
            throw new BadRequest(ProblemCode.PARAMETER_INVALID, "from is larger than to");
        }
        return reader.consistency(ProofReader.PLATFORM, smaller, larger);
    }

    @GetMapping("/v1/platform/audit/tiles/{level}/{index}")
    @RequiresScope(Scopes.TENANTS_WRITE)
    public ProofViews.TileView platformTile(@PathVariable String level, @PathVariable String index) {
        return reader.tile(ProofReader.PLATFORM, ProofController.level(level), ProofController.number("index", index));
    }

    /** Lines of JSON, as docs/audit.md tells. */
    @GetMapping(path = "/v1/platform/audit/export", produces = "application/x-ndjson")
    @RequiresScope(Scopes.TENANTS_WRITE)
    @Answers(type = "application/x-ndjson", body = String.class, problems = 404)
    public void platformExport(
            HttpServletResponse response,
            @RequestParam @Nullable String firstIndex,
            @RequestParam @Nullable String endIndex,
            @RequestParam @Nullable String since)
            throws IOException {
        ExportRange range = new ExportRange(
                ExportController.optional("firstIndex", firstIndex),
                ExportController.optional("endIndex", endIndex),
                new TimeRange(null, null),
                ExportController.optional("since", since),
                false);
        AuditCheckpointRecord newest = reader.checkpoint(ProofReader.PLATFORM, Long.MAX_VALUE);
        response.setContentType("application/x-ndjson");
        try (ExportLines lines = new ExportLines(response.getOutputStream())) {
            export.write(ProofReader.PLATFORM, newest, range, lines);
        }
    }
}
