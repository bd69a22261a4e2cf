package io.byok.query.audit.state;

import io.byok.platform.web.BadRequest;
import io.byok.platform.web.Caller;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.RequiresScope;
import io.byok.query.web.TimeRange;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tells an auditor what held at a time. */
@RestController("auditStateController")
public final class StateController {

    private final StateReader reader;

    public StateController(StateReader reader) {
        this.reader = reader;
    }

    /** Which keys, chains and tokens were valid at a time, with their scopes. A date means its begin, in UTC. */
    @GetMapping("/v1/audit/state")
    @RequiresScope("audit:read")
    public StateView state(Caller caller, @RequestParam @Nullable String at, @RequestParam @Nullable String userId) {
        if (at == null) {
            throw new BadRequest(ProblemCode.PARAMETER_INVALID, "at is missing: a date or an instant");
        }
        return reader.at(caller.tenant(), TimeRange.instant("at", at), userId);
    }
}
