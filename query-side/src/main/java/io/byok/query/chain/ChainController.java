package io.byok.query.chain;

import io.byok.kernel.Rejection;
import io.byok.kernel.chain.ChainNotFound;
import io.byok.platform.web.Caller;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.page.Page;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows what is said about fallback in the caller's tenant. */
@RestController("chainReadController") // the other side has one of the same class name
public final class ChainController {

    private static final String PRODUCTION = "production";

    private final ChainReader reader;

    public ChainController(ChainReader reader) {
        this.reader = reader;
    }

    @GetMapping("/v1/users/{userId}/chains/{provider}")
    @RequiresScope("keys:read")
    public ResponseEntity<ChainView> one(
            Caller caller,
            @PathVariable String userId,
            @PathVariable String provider,
            @RequestParam(defaultValue = PRODUCTION) String environment) {
        return shown(reader.find(caller.tenant(), userId, provider, environment));
    }

    @GetMapping("/v1/users/{userId}/chains")
    @RequiresScope("keys:read")
    public Page<ChainView> ofUser(Caller caller, @PathVariable String userId) {
        return page(reader.list(caller.tenant(), userId));
    }

    @GetMapping("/v1/chains/{provider}")
    @RequiresScope("keys:read")
    public ResponseEntity<ChainView> byDefault(
            Caller caller, @PathVariable String provider, @RequestParam(defaultValue = PRODUCTION) String environment) {
        return shown(reader.find(caller.tenant(), null, provider, environment));
    }

    @GetMapping("/v1/chains")
    @RequiresScope("keys:read")
    public Page<ChainView> defaults(Caller caller) {
        return page(reader.list(caller.tenant(), null));
    }

    /** One per provider and environment: always one page. */
    private static Page<ChainView> page(List<ChainView> chains) {
        return new Page<>(chains, null);
    }

    private static ResponseEntity<ChainView> shown(Optional<ChainView> found) {
        ChainView chain = found.orElseThrow(() -> Rejection.of(ChainNotFound.CHAIN_NOT_FOUND));
        return ResponseEntity.ok().eTag(chain.etag()).body(chain);
    }
}
