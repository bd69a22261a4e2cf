package io.byok.platform.web.http;

import io.byok.kernel.KeyId;
import io.byok.kernel.Refusal;
import io.byok.kernel.Rejection;
import io.byok.platform.web.Answers;
import io.byok.platform.web.Caller;
import io.byok.platform.web.ExpectedVersion;
import io.byok.platform.web.IdempotencyKey;
import io.byok.platform.web.OpenToAll;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.RawBody;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.Scopes;
import io.byok.platform.web.Unavailable;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A controller such as features have, for the guards to guard. */
@RestController
class ThingController {

    enum Level {
        NOW,
        ON_TRANSIENT
    }

    record Credential(String apiKey) {}

    record AddThing(
            String name,
            int count,
            @Nullable Level level,
            @Nullable List<String> tags,
            @Nullable Credential credential,
            @Nullable Map<String, String> labels,
            @Nullable Instant at,
            @Nullable BigDecimal amount,
            @Nullable KeyId key) {}

    record Thing(
            String user,
            String name,
            @Nullable Level level,
            @Nullable Instant at,
            @Nullable BigDecimal amount,
            @Nullable KeyId key,
            String tenant,
            int bytes,
            @Nullable String idempotencyKey,
            @Nullable Long expected) {}

    enum ThingRefusal implements Refusal {
        THING_GONE;

        @Override
        public Terms terms() {
            return new Terms("thing-gone", Kind.CONFLICT, "The thing is gone", "Make another.");
        }
    }

    @RequiresScope(Scopes.KEYS_WRITE)
    @Answers(value = 201, body = Thing.class, once = true)
    @PostMapping("/v1/users/{userId}/things")
    @ResponseStatus(HttpStatus.CREATED)
    Thing add(
            Caller caller,
            @PathVariable String userId,
            @RequestBody AddThing body,
            RawBody raw,
            @Nullable IdempotencyKey idempotencyKey,
            @Nullable ExpectedVersion expected) {
        return new Thing(
                userId,
                body.name(),
                body.level(),
                body.at(),
                body.amount(),
                body.key(),
                caller.tenant().text(),
                raw.length(),
                idempotencyKey == null ? null : idempotencyKey.text(),
                expected == null || expected.version().isEmpty()
                        ? null
                        : expected.version().getAsLong());
    }

    @RequiresScope(Scopes.KEYS_READ)
    @GetMapping("/v1/things")
    List<Integer> list(@RequestParam int limit) {
        return List.of(limit);
    }

    @RequiresScope(Scopes.KEYS_READ)
    @GetMapping("/v1/things/{how}/fails")
    Thing fail(@PathVariable String how) {
        throw switch (how) {
            case "refused" -> new IllegalStateException(new Rejection(ThingRefusal.THING_GONE, "gone since noon"));
            case "unavailable" -> new Unavailable(ProblemCode.AUDIT_UNAVAILABLE, Duration.ofMillis(1500));
            default -> new IllegalArgumentException("a secret: " + how);
        };
    }

    @RequiresScope(Scopes.USAGE_WRITE)
    @PostMapping("/v1/usage")
    Map<String, Integer> usage(RawBody raw) {
        return Map.of("bytes", raw.length());
    }

    @OpenToAll
    @GetMapping("/v1/open-by-mark-only")
    String notOpen() {
        return "open";
    }
}
