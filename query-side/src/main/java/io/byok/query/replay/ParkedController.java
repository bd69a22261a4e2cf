package io.byok.query.replay;

import io.byok.kernel.Rejection;
import io.byok.platform.web.Answers;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.Caller;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.Scopes;
import io.byok.platform.web.page.Page;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the read models could not take, for the operator: it is of all tenants. Every call is on record in the audit before
 * it is answered.
 */
@RestController("parkedController")
public final class ParkedController {

    private static final int PAGE = 100;
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
    private static final Pattern ONE_LINE = Pattern.compile("[^\\p{Cntrl}\\p{Co}\\p{Cn}\\p{Cs}]{3,200}");

    private final ParkedRecords parked;

    ParkedController(ParkedRecords parked) {
        this.parked = parked;
    }

    /** In the order in which they were parked, a hundred at a time. */
    @GetMapping("/v1/platform/parked")
    @RequiresScope(Scopes.TENANTS_WRITE)
    public Page<ParkedView> parked(@RequestParam @Nullable String cursor) {
        if (cursor != null && !NUMBER.matcher(cursor).matches()) {
            throw new BadRequest(ProblemCode.CURSOR_INVALID, "the cursor is not one that this list gave out");
        }
        long after = cursor == null ? 0 : Long.parseLong(cursor);
        return Page.of(parked.list(after, PAGE + 1), PAGE, ParkedView::id);
    }

    /** Tries again all that is parked of the record's stream in its read model, in order, up to the first that fails. */
    @PostMapping("/v1/platform/parked/{id}/retry")
    @RequiresScope(Scopes.TENANTS_WRITE)
    @Answers(
            body = ParkedView.Retried.class,
            problems = {404, 409})
    public ParkedView.Retried retry(@PathVariable String id) {
        return parked.retry(number(id));
    }

    /** Gives the record up, for replays as well. What follows it is still refused where a read model needs each in turn. */
    @PostMapping("/v1/platform/parked/{id}/discard")
    @RequiresScope(Scopes.TENANTS_WRITE)
    @Answers(
            body = ParkedView.class,
            problems = {404, 409})
    public ParkedView discard(Caller caller, @PathVariable String id, @RequestBody ParkedView.DiscardRequest request) {
        String reason = request.reason() == null ? "" : request.reason().strip();
        if (!ONE_LINE.matcher(reason).matches()) {
            throw BadRequest.field("/reason", "must be 3 to 200 characters on one line");
        }
        return parked.discard(number(id), caller, reason);
    }

    private static long number(String id) {
        if (!NUMBER.matcher(id).matches()) {
            throw Rejection.of(ParkedRefusal.NOT_FOUND);
        }
        return Long.parseLong(id);
    }
}
