package io.byok.command.provider;

import io.byok.kernel.Rejection;
import io.byok.platform.web.Confines;
import io.byok.platform.web.RequiresScope;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * The catalogue over HTTP. It changes only with a start, so every answer carries a strong {@code ETag} of the whole
 * catalogue and may be kept for five minutes by the caller's own cache.
 */
@RestController
class ProviderController {

    private static final CacheControl CACHE =
            CacheControl.maxAge(Duration.ofMinutes(5)).cachePrivate();

    private final Catalogue catalogue;
    private final Page page;
    private final String etag;

    ProviderController(Catalogue catalogue) {
        this.catalogue = catalogue;
        this.page = new Page(catalogue.all().stream().map(ProviderView::of).toList(), null);
        this.etag = digest(JsonMapper.builder().build().writeValueAsBytes(page));
    }

    /**
     * @param nextCursor always null: the catalogue is one page
     */
    record Page(List<ProviderView> data, @Nullable String nextCursor) {}

    @GetMapping("/v1/providers")
    @Confines
    @RequiresScope("providers:read")
    ResponseEntity<Page> all() {
        return ResponseEntity.ok().cacheControl(CACHE).eTag(etag).body(page);
    }

    @GetMapping("/v1/providers/{provider}")
    @Confines
    @RequiresScope("providers:read")
    ResponseEntity<ProviderView> one(@PathVariable String provider) {
        Optional<Provider> found = catalogue.find(provider);
        if (found.isEmpty()) {
            throw Rejection.of(ProviderRefusal.UNKNOWN);
        }
        return ResponseEntity.ok().cacheControl(CACHE).eTag(etag).body(ProviderView.of(found.get()));
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(hash, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
