package io.byok.query.usage;

import io.byok.platform.web.Caller;
import io.byok.platform.web.Confines;
import io.byok.platform.web.RequiresScope;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows what was consumed by the caller's tenant. */
@RestController("usageReadController") // the other side has one of the same class name
public final class UsageController {

    private final UsageReader reader;

    public UsageController(UsageReader reader) {
        this.reader = reader;
    }

    @GetMapping("/v1/analytics/usage")
    @Confines
    @RequiresScope("analytics:read")
    public UsageView usage(
            Caller caller,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to,
            @RequestParam @Nullable String groupBy,
            @RequestParam @Nullable String metrics,
            @RequestParam @Nullable String userId,
            @RequestParam @Nullable String provider,
            @RequestParam @Nullable String keyId) {
        return reader.read(
                caller.tenant(),
                caller.within(),
                UsageQuery.of(from, to, groupBy, metrics, userId, provider, keyId, reader.now()));
    }
}
