package io.byok.command.hold;

import io.byok.command.bus.Ids;
import io.byok.command.bus.Receipt;
import io.byok.command.head.IdempotencyRecord;
import io.byok.command.head.SubjectDirectory;
import io.byok.command.hold.domain.Hold;
import io.byok.command.hold.domain.HoldCommand;
import io.byok.command.hold.domain.HoldCommand.Confirm;
import io.byok.command.hold.domain.HoldCommand.RequestHold;
import io.byok.command.hold.domain.HoldCommand.RequestLift;
import io.byok.command.hold.domain.HoldCommand.Withdraw;
import io.byok.command.hold.domain.HoldRefusal;
import io.byok.command.http.CommandAnswer;
import io.byok.command.http.Once;
import io.byok.kernel.HoldId;
import io.byok.kernel.Rejection;
import io.byok.kernel.SubjectId;
import io.byok.kernel.hold.HeldScope;
import io.byok.platform.web.Answers;
import io.byok.platform.web.Caller;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.Scopes;
import io.byok.platform.web.page.Cursors;
import io.byok.platform.web.page.Page;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Legal holds of the caller's tenant. What one token asks for, another one confirms. */
@RestController
public class HoldController {

    private final Holds holds;
    private final SubjectDirectory subjects;
    private final Cursors cursors;
    private final Once once;
    private final Ids ids;
    private final Clock clock;

    HoldController(Holds holds, SubjectDirectory subjects, Cursors cursors, Once once, Ids ids, Clock clock) {
        this.holds = holds;
        this.subjects = subjects;
        this.cursors = cursors;
        this.once = once;
        this.ids = ids;
        this.clock = clock;
    }

    @PostMapping("/v1/legal-holds")
    @Answers(value = 201, body = HoldView.class, once = true, etag = true, problems = 404)
    @RequiresScope(Scopes.HOLDS_WRITE)
    public ResponseEntity<Object> request(Caller caller, HttpServletRequest request, @RequestBody HoldBody body) {
        body.check();
        return once.run(
                caller,
                request,
                remember -> {
                    HeldScope scope =
                            new HeldScope(subject(caller, body.userId()), micros(body.from()), micros(body.to()));
                    RequestHold command = new RequestHold(
                            ids.hold(),
                            scope,
                            body.reason(),
                            caller.provenance().actor(),
                            now());
                    Receipt<Hold> receipt = send(caller, command, remember);
                    return created(present(receipt), receipt.version(), receipt.position());
                },
                before -> created(holds.at(before.stream(), before.sequence()), before.sequence(), before.position()));
    }

    /** Agrees to what was asked for last, the hold or its end. */
    @PostMapping("/v1/legal-holds/{holdId}/confirm")
    @Answers(
            body = HoldView.class,
            once = true,
            etag = true,
            problems = {404, 409})
    @RequiresScope(Scopes.HOLDS_WRITE)
    public ResponseEntity<Object> confirm(Caller caller, HttpServletRequest request, @PathVariable String holdId) {
        HoldId hold = holds.find(caller.tenant(), holdId);
        return change(caller, request, new Confirm(hold, caller.provenance().actor(), now()));
    }

    /** Takes back what was asked for last, the hold or its end. */
    @PostMapping("/v1/legal-holds/{holdId}/withdraw")
    @Answers(
            body = HoldView.class,
            once = true,
            etag = true,
            problems = {404, 409})
    @RequiresScope(Scopes.HOLDS_WRITE)
    public ResponseEntity<Object> withdraw(Caller caller, HttpServletRequest request, @PathVariable String holdId) {
        HoldId hold = holds.find(caller.tenant(), holdId);
        return change(caller, request, new Withdraw(hold, caller.provenance().actor(), now()));
    }

    /** Asks for the end of a hold; it holds until somebody else has confirmed that. */
    @PostMapping("/v1/legal-holds/{holdId}/lift")
    @Answers(
            body = HoldView.class,
            once = true,
            etag = true,
            problems = {404, 409})
    @RequiresScope(Scopes.HOLDS_WRITE)
    public ResponseEntity<Object> lift(
            Caller caller, HttpServletRequest request, @PathVariable String holdId, @RequestBody HoldBody.Lift body) {
        body.check();
        HoldId hold = holds.find(caller.tenant(), holdId);
        return change(
                caller,
                request,
                new RequestLift(hold, body.reason(), caller.provenance().actor(), now()));
    }

    @GetMapping("/v1/legal-holds/{holdId}")
    @RequiresScope(Scopes.AUDIT_READ)
    public HoldView one(Caller caller, @PathVariable String holdId) {
        return HoldView.of(holds.now(holds.find(caller.tenant(), holdId)));
    }

    /** The newest first. */
    @GetMapping("/v1/legal-holds")
    @RequiresScope(Scopes.AUDIT_READ)
    public Page<HoldView> list(
            Caller caller, @RequestParam @Nullable String limit, @RequestParam @Nullable String cursor) {
        return cursors.page(
                new Cursors.Scope(caller.tenant(), "legal-holds", List.of()),
                limit,
                cursor,
                (last, most) -> holds.list(caller.tenant(), last == null ? null : new HoldId(last), most).stream()
                        .map(HoldView::of)
                        .toList(),
                hold -> hold.id().value());
    }

    private ResponseEntity<Object> change(Caller caller, HttpServletRequest request, HoldCommand command) {
        return once.run(
                caller,
                request,
                remember -> {
                    Receipt<Hold> receipt = send(caller, command, remember);
                    return shown(present(receipt), receipt.version(), receipt.position());
                },
                before -> shown(holds.at(before.stream(), before.sequence()), before.sequence(), before.position()));
    }

    private Receipt<Hold> send(Caller caller, HoldCommand command, Optional<IdempotencyRecord> remember) {
        return holds.send(caller.tenant(), command, caller.provenance(), remember);
    }

    private static Hold.Present present(Receipt<Hold> receipt) {
        return switch (receipt.state()) {
            case Hold.Absent _ -> throw Rejection.of(HoldRefusal.NOT_FOUND);
            case Hold.Present present -> present;
        };
    }

    private static CommandAnswer created(Hold.Present hold, long version, long position) {
        return CommandAnswer.created(
                URI.create("/v1/legal-holds/" + hold.terms().id()), version, position, HoldView.of(hold));
    }

    private static CommandAnswer shown(Hold.Present hold, long version, long position) {
        return CommandAnswer.ok(version, position, HoldView.of(hold));
    }

    private @Nullable SubjectId subject(Caller caller, @Nullable String userId) {
        return userId == null
                ? null
                : subjects.find(caller.tenant(), userId).orElseThrow(() -> Rejection.of(HoldRefusal.USER_UNKNOWN));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static @Nullable Instant micros(@Nullable Instant at) {
        return at == null ? null : at.truncatedTo(ChronoUnit.MICROS);
    }
}
