package io.byok.query.audit;

import io.byok.platform.web.Caller;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.page.Cursors;
import io.byok.platform.web.page.Page;
import io.byok.platform.web.page.PageLimit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows the audit trail of the caller's tenant. */
@RestController("auditReadController")
public final class AuditController {

    private static final String LIST = "audit-events";

    private final AuditReader reader;
    private final Cursors cursors;

    public AuditController(AuditReader reader, Cursors cursors) {
        this.reader = reader;
        this.cursors = cursors;
    }

    @GetMapping("/v1/audit/events")
    @RequiresScope("audit:read")
    public Page<AuditView> events(
            Caller caller,
            @RequestParam @Nullable String userId,
            @RequestParam @Nullable String keyId,
            @RequestParam @Nullable String actor,
            @RequestParam @Nullable String action,
            @RequestParam @Nullable String outcome,
            @RequestParam @Nullable String purpose,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to,
            @RequestParam @Nullable String limit,
            @RequestParam @Nullable String cursor) {
        AuditFilter filter = AuditFilter.of(userId, keyId, actor, action, outcome, purpose, from, to);
        int most = PageLimit.parse(limit);
        Cursors.Scope scope = new Cursors.Scope(caller.tenant(), LIST, filter.canonical());
        AuditReader.Place before = cursor == null ? null : AuditReader.Place.of(cursors.open(scope, cursor));
        return Page.of(
                reader.list(caller.tenant(), filter, before, most + 1),
                most,
                last -> cursors.seal(scope, AuditReader.Place.of(last.id()).bytes()));
    }
}
