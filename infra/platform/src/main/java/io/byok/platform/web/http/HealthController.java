package io.byok.platform.web.http;

import io.byok.platform.web.OpenToAll;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.Unavailable;
import java.time.Duration;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** For whoever keeps the server alive: is it running, can it serve. */
@RestController
class HealthController {

    private final Readiness readiness;

    HealthController(Readiness readiness) {
        this.readiness = readiness;
    }

    record ServerHealth(String status) {}

    /** The process runs. Asks nobody: a database that is away must not get the process killed. */
    @OpenToAll
    @GetMapping("/livez")
    ServerHealth livez() {
        return new ServerHealth("alive");
    }

    /** Requests can be served. */
    @OpenToAll
    @GetMapping("/readyz")
    ServerHealth readyz() {
        List<String> missing = readiness.missing();
        if (!missing.isEmpty()) {
            String detail = "not ready: " + String.join(", ", missing);
            throw new Unavailable(ProblemCode.NOT_READY.code(), Duration.ofSeconds(1), detail);
        }
        return new ServerHealth("ready");
    }
}
