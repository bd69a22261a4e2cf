package io.byok.query.audit;

import io.byok.platform.web.BadRequest;
import io.byok.platform.web.Caller;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.page.Cursors;
import io.byok.platform.web.page.Page;
import io.byok.platform.web.page.PageLimit;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The diary of one end user. */
@RestController("auditDiaryController")
public final class DiaryController {

    private static final String LIST = "audit-diary";

    private final DiaryReader reader;
    private final Cursors cursors;

    public DiaryController(DiaryReader reader, Cursors cursors) {
        this.reader = reader;
        this.cursors = cursors;
    }

    /** What was done for an end user: when, by whom, what for, at what cost where it was reported. */
    @GetMapping("/v1/audit/diary")
    @RequiresScope("audit:read")
    public Page<DiaryView> diary(
            Caller caller,
            @RequestParam @Nullable String userId,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to,
            @RequestParam @Nullable String limit,
            @RequestParam @Nullable String cursor) {
        if (userId == null || userId.isEmpty()) {
            throw new BadRequest(ProblemCode.PARAMETER_INVALID, "userId is missing");
        }
        AuditFilter filter = AuditFilter.of(userId, null, null, null, null, null, from, to);
        int most = PageLimit.parse(limit);
        Cursors.Scope scope = new Cursors.Scope(caller.tenant(), LIST, filter.canonical());
        AuditReader.Place before = cursor == null ? null : AuditReader.Place.of(cursors.open(scope, cursor));
        return Page.of(
                reader.list(caller.tenant(), filter, before, most + 1),
                most,
                last -> cursors.seal(scope, AuditReader.Place.of(last.id()).bytes()));
    }
}
