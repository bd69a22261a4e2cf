package io.byok.query.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.byok.platform.web.Answers;
import io.byok.platform.web.Caller;
import io.byok.platform.web.RequiresScope;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The whole audit trail of the caller's tenant, or what a filter leaves of it, for people and spreadsheets; no proof. */
@RestController("auditDownloadController")
public final class AuditDownloadController {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final AuditReader reader;

    public AuditDownloadController(AuditReader reader) {
        this.reader = reader;
    }

    @GetMapping(path = "/v1/audit/events.csv", produces = "text/csv")
    @RequiresScope("audit:read")
    @Answers(type = "text/csv", body = String.class)
    public void csv(
            Caller caller,
            HttpServletResponse response,
            @RequestParam @Nullable String userId,
            @RequestParam @Nullable String keyId,
            @RequestParam @Nullable String actor,
            @RequestParam @Nullable String action,
            @RequestParam @Nullable String outcome,
            @RequestParam @Nullable String purpose,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to)
            throws IOException {
        AuditFilter filter = AuditFilter.of(userId, keyId, actor, action, outcome, purpose, from, to);
        response.setContentType("text/csv;charset=UTF-8");
        try (Writer out = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), UTF_8))) {
            Csv csv = new Csv(out);
            csv.line(
                    "id",
                    "at",
                    "action",
                    "outcome",
                    "actor",
                    "keyId",
                    "userId",
                    "subject",
                    "purpose",
                    "reason",
                    "requestId",
                    "eventId",
                    "details");
            reader.each(caller.tenant(), filter, fact -> write(csv, fact));
        }
    }

    private static void write(Csv csv, AuditView fact) {
        try {
            csv.line(
                    fact.id(),
                    fact.at(),
                    fact.action(),
                    fact.outcome(),
                    fact.actor(),
                    fact.keyId(),
                    fact.userId(),
                    fact.subject(),
                    fact.purpose(),
                    fact.reason(),
                    fact.requestId(),
                    fact.eventId(),
                    JSON.writeValueAsString(fact.details()));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** The same facts as of {@code GET /v1/audit/events}, one JSON document a line. */
    @GetMapping(path = "/v1/audit/events.jsonl", produces = "application/x-ndjson")
    @RequiresScope("audit:read")
    @Answers(type = "application/x-ndjson", body = String.class)
    public void jsonl(
            Caller caller,
            HttpServletResponse response,
            @RequestParam @Nullable String userId,
            @RequestParam @Nullable String keyId,
            @RequestParam @Nullable String actor,
            @RequestParam @Nullable String action,
            @RequestParam @Nullable String outcome,
            @RequestParam @Nullable String purpose,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to)
            throws IOException {
        AuditFilter filter = AuditFilter.of(userId, keyId, actor, action, outcome, purpose, from, to);
        response.setContentType("application/x-ndjson");
        try (Writer out = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), UTF_8))) {
            reader.each(caller.tenant(), filter, fact -> {
                try {
                    out.append(JSON.writeValueAsString(fact)).append('\n');
                } catch (IOException gone) {
                    throw new UncheckedIOException(gone);
                }
            });
        }
    }
}
