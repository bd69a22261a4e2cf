package io.byok.query.replay;

import io.byok.kernel.Rejection;
import io.byok.platform.web.Answers;
import io.byok.platform.web.Caller;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.page.Page;
import io.byok.query.feed.Projector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Replays by HTTP. They go over the read models of all tenants, so the scope is the operator's; what a caller is shown of
 * the outcome is digests, counts, and differing rows of the caller's own tenant.
 */
@RestController("replayController")
public final class ReplayController {

    private final Replays replays;
    private final ReplayJournal journal;
    private final List<String> names;

    ReplayController(Replays replays, ReplayJournal journal, List<Projector> projectors) {
        this.replays = replays;
        this.journal = journal;
        this.names = projectors.stream().map(Projector::name).sorted().toList();
    }

    @PostMapping("/v1/replays")
    @Answers(value = 202, body = ReplayView.class, problems = 409)
    @RequiresScope("replays:run")
    public ResponseEntity<ReplayView> start(Caller caller, @RequestBody ReplayRequest request) {
        ReplayRequest.Checked asked = request.check(names);
        ReplayView started = replays.start(caller, asked.projection(), asked.mode());
        return ResponseEntity.accepted()
                .location(URI.create("/v1/replays/" + started.id()))
                .body(started);
    }

    @GetMapping("/v1/replays/{id}")
    @RequiresScope("replays:run")
    public ReplayView one(Caller caller, @PathVariable String id) {
        return ReplayId.parse(id)
                .flatMap(replay -> journal.find(caller.tenant(), replay))
                .orElseThrow(() -> Rejection.of(ReplayRefusal.NOT_FOUND));
    }

    /** What it found, as a signed note that can be kept and checked without the server; 404 as long as it runs. */
    @GetMapping(path = "/v1/replays/{id}/report", produces = "text/plain")
    @RequiresScope("replays:run")
    @Answers(type = "text/plain", body = String.class, problems = 404)
    public ResponseEntity<String> report(Caller caller, @PathVariable String id) {
        String note = ReplayId.parse(id)
                .flatMap(replay -> journal.report(caller.tenant(), replay))
                .orElseThrow(() -> Rejection.of(ReplayRefusal.NOT_FOUND));
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .body(note);
    }

    /** The last hundred, newest first. */
    @GetMapping("/v1/replays")
    @RequiresScope("replays:run")
    public Page<ReplayView> list(Caller caller) {
        return new Page<>(journal.list(caller.tenant()), null);
    }
}
