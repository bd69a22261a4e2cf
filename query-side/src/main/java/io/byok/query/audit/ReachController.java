package io.byok.query.audit;

import io.byok.kernel.KeyId;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.Caller;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.RequiresScope;
import io.byok.query.web.TimeRange;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tells how far a leak of a key, or of a token, may have reached. */
@RestController("auditReachController")
public final class ReachController {

    private final ReachReader reader;

    public ReachController(ReachReader reader) {
        this.reader = reader;
    }

    /** Who could use the key, and who did. A key that the tenant has not was used by nobody. */
    @GetMapping("/v1/audit/reach")
    @RequiresScope("audit:read")
    public ReachView reach(
            Caller caller,
            @RequestParam @Nullable String keyId,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to) {
        KeyId key = Optional.ofNullable(keyId)
                .flatMap(KeyId::parse)
                .orElseThrow(() -> new BadRequest(ProblemCode.PARAMETER_INVALID, "keyId is not the id of a key"));
        return reader.of(caller.tenant(), key, TimeRange.parse(from, to));
    }
}
