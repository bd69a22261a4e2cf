package io.byok.query.key;

import io.byok.kernel.KeyId;
import io.byok.kernel.Rejection;
import io.byok.kernel.key.KeyNotFound;
import io.byok.platform.web.Answers;
import io.byok.platform.web.Caller;
import io.byok.platform.web.Confines;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.page.Cursors;
import io.byok.platform.web.page.Page;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows keys of the caller's tenant. */
@RestController("keyReadController") // the other side has one of the same class name
public final class KeyController {

    private static final String LIST = "keys";

    private static final int MOST_VALIDATIONS = 100;

    private final KeyReader reader;
    private final Cursors cursors;

    public KeyController(KeyReader reader, Cursors cursors) {
        this.reader = reader;
        this.cursors = cursors;
    }

    @GetMapping("/v1/keys")
    @Confines
    @RequiresScope("keys:read")
    public Page<KeyView> list(
            Caller caller,
            @RequestParam @Nullable String provider,
            @RequestParam @Nullable String environment,
            @RequestParam @Nullable String status,
            @RequestParam @Nullable String tag,
            @RequestParam @Nullable String health,
            @RequestParam @Nullable String limit,
            @RequestParam @Nullable String cursor) {
        return page(caller, KeyFilter.of(null, provider, environment, status, tag, health), limit, cursor);
    }

    @GetMapping("/v1/users/{userId}/keys")
    @Confines
    @RequiresScope("keys:read")
    public Page<KeyView> ofUser(
            Caller caller,
            @PathVariable String userId,
            @RequestParam @Nullable String provider,
            @RequestParam @Nullable String environment,
            @RequestParam @Nullable String status,
            @RequestParam @Nullable String tag,
            @RequestParam @Nullable String health,
            @RequestParam @Nullable String limit,
            @RequestParam @Nullable String cursor) {
        return page(caller, KeyFilter.of(userId, provider, environment, status, tag, health), limit, cursor);
    }

    @GetMapping("/v1/system-keys")
    @Confines
    @RequiresScope("keys:read")
    public Page<KeyView> ofThePlatform(
            Caller caller,
            @RequestParam @Nullable String provider,
            @RequestParam @Nullable String environment,
            @RequestParam @Nullable String status,
            @RequestParam @Nullable String tag,
            @RequestParam @Nullable String health,
            @RequestParam @Nullable String limit,
            @RequestParam @Nullable String cursor) {
        KeyFilter filter = KeyFilter.of(null, provider, environment, status, tag, health);
        return page(caller, filter.ofThePlatform(), limit, cursor);
    }

    /** Spring compares the ETag with {@code If-None-Match} and answers 304. */
    @GetMapping("/v1/keys/{keyId}")
    @Answers(body = KeyView.class, etag = true)
    @Confines
    @RequiresScope("keys:read")
    public ResponseEntity<KeyView> one(Caller caller, @PathVariable String keyId) {
        KeyView key = KeyId.parse(keyId)
                .flatMap(id -> reader.find(caller.tenant(), caller.within(), id))
                .orElseThrow(() -> Rejection.of(KeyNotFound.KEY_NOT_FOUND));
        return ResponseEntity.ok().eTag(key.etag()).body(key);
    }

    /** What the provider said of a key, the last hundred, newest first. */
    @GetMapping("/v1/keys/{keyId}/validations")
    @Confines
    @RequiresScope("keys:read")
    public Page<ValidationView> validations(Caller caller, @PathVariable String keyId) {
        KeyView key = KeyId.parse(keyId)
                .flatMap(id -> reader.find(caller.tenant(), caller.within(), id))
                .orElseThrow(() -> Rejection.of(KeyNotFound.KEY_NOT_FOUND));
        return new Page<>(
                reader.validations(caller.tenant(), KeyId.parse(key.id()).orElseThrow(), MOST_VALIDATIONS), null);
    }

    private Page<KeyView> page(Caller caller, KeyFilter filter, @Nullable String limit, @Nullable String cursor) {
        return cursors.page(
                new Cursors.Scope(caller.tenant(), LIST, filter.canonical()),
                limit,
                cursor,
                (last, most) -> reader.list(
                        caller.tenant(), caller.within(), filter, last == null ? null : new KeyId(last), most),
                key -> KeyId.parse(key.id()).orElseThrow().value());
    }
}
