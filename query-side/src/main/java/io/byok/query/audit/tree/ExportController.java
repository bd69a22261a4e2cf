package io.byok.query.audit.tree;

import io.byok.platform.web.Answers;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.Caller;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.RequiresScope;
import io.byok.query.jooq.tables.records.AuditCheckpointRecord;
import io.byok.query.web.TimeRange;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Hands out a part of the log of the caller's tenant, for somebody else to verify. */
@RestController("auditExportController")
public final class ExportController {

    private final ProofReader reader;
    private final Export export;

    public ExportController(ProofReader reader, Export export) {
        this.reader = reader;
        this.export = export;
    }

    /** Lines of JSON, as docs/audit.md tells. */
    @GetMapping(path = "/v1/audit/export", produces = "application/x-ndjson")
    @RequiresScope("audit:read")
    @Answers(type = "application/x-ndjson", body = String.class, problems = 404)
    public void export(
            Caller caller,
            HttpServletResponse response,
            @RequestParam @Nullable String firstIndex,
            @RequestParam @Nullable String endIndex,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to,
            @RequestParam @Nullable String since,
            @RequestParam @Nullable String words)
            throws IOException {
        ExportRange range = new ExportRange(
                optional("firstIndex", firstIndex),
                optional("endIndex", endIndex),
                TimeRange.parse(from, to),
                optional("since", since),
                flag(words));
        // Whatever is refused is refused before the first byte.
        AuditCheckpointRecord newest = reader.checkpoint(caller.tenant(), Long.MAX_VALUE);
        response.setContentType("application/x-ndjson");
        try (ExportLines lines = new ExportLines(response.getOutputStream())) {
            export.write(caller.tenant(), newest, range, lines);
        }
    }

    static @Nullable Long optional(String name, @Nullable String text) {
        return text == null ? null : ProofController.number(name, text);
    }

    private static boolean flag(@Nullable String words) {
        if (words == null || words.equals("false")) {
            return false;
        }
        if (words.equals("true")) {
            return true;
        }
        throw new BadRequest(ProblemCode.PARAMETER_INVALID, "words is true or false");
    }
}
