package io.byok.command.rotation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.byok.command.rotation.domain.RotationRefusal;
import io.byok.kernel.Rejection;
import io.byok.kernel.RotationId;
import io.byok.platform.seal.KeyLevel;
import io.byok.platform.web.Answers;
import io.byok.platform.web.Caller;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.Scopes;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Rotations over HTTP, for whoever operates the platform: they go over the keys of all tenants. A repeat while one runs
 * is refused and told which; no key material is ever shown.
 */
@RestController
public class RotationController {

    private final Rotations rotations;
    private final Levels levels;
    private final Cache<KeyLevel, List<KeyVersionView>> lately =
            Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(5)).build();

    RotationController(Rotations rotations, Levels levels) {
        this.rotations = rotations;
        this.levels = levels;
    }

    /** A page of rotations. */
    public record RotationPage(
            List<RotationView> data, @Nullable String nextCursor) {}

    /** What is under which version. */
    public record KeyVersions(List<KeyVersionView> data) {}

    @PostMapping("/v1/operations/key-rotations")
    @Answers(value = 202, body = RotationView.class, problems = 409)
    @RequiresScope(Scopes.TENANTS_WRITE)
    public ResponseEntity<RotationView> start(Caller caller, @RequestBody RotationBody body) {
        RotationBody.Checked asked = body.check();
        Run run = rotations.start(caller, asked.level(), asked.chain(), asked.tenant());
        return ResponseEntity.accepted()
                .location(URI.create("/v1/operations/key-rotations/" + run.id()))
                .body(RotationView.of(run, lately.get(run.level(), this::versions)));
    }

    @GetMapping("/v1/operations/key-rotations/{id}")
    @RequiresScope(Scopes.TENANTS_WRITE)
    public RotationView one(Caller caller, @PathVariable String id) {
        RotationId rotation = RotationId.parse(id).orElseThrow(() -> Rejection.of(RotationRefusal.NOT_FOUND));
        Run run = rotations.one(rotation);
        // While it runs, people look often, and to count a large vault takes the database a while.
        return RotationView.of(
                run,
                run.state() == Run.State.RUNNING ? lately.get(run.level(), this::versions) : versions(run.level()));
    }

    /** The last hundred, newest first. */
    @GetMapping("/v1/operations/key-rotations")
    @RequiresScope(Scopes.TENANTS_WRITE)
    public RotationPage list(Caller caller) {
        return new RotationPage(
                rotations.last().stream().map(run -> RotationView.of(run, null)).toList(), null);
    }

    /** Which versions of keys there are, and how much is under each. */
    @GetMapping("/v1/operations/keys")
    @RequiresScope(Scopes.TENANTS_WRITE)
    public KeyVersions keys(Caller caller) {
        return new KeyVersions(Arrays.stream(KeyLevel.values())
                .flatMap(level -> versions(level).stream())
                .toList());
    }

    private List<KeyVersionView> versions(KeyLevel level) {
        return levels.of(level).counts().stream().map(KeyVersionView::of).toList();
    }
}
