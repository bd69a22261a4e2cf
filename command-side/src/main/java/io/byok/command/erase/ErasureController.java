package io.byok.command.erase;

import io.byok.command.bus.Receipt;
import io.byok.command.erase.domain.Erasure;
import io.byok.command.erase.domain.ErasureCommand.RequestErasure;
import io.byok.command.erase.domain.ErasureRefusal;
import io.byok.command.head.IdempotencyRecord;
import io.byok.command.head.SubjectDirectory;
import io.byok.command.http.CommandAnswer;
import io.byok.command.http.Once;
import io.byok.kernel.ErasureId;
import io.byok.kernel.Rejection;
import io.byok.kernel.SubjectId;
import io.byok.platform.web.Answers;
import io.byok.platform.web.Caller;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.Scopes;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Erases end users. Once the answer is out, no node serves a key of theirs; the rest follows by itself. While it is under
 * way, asking again answers the same erasure; afterwards the user is unknown, and their id is free for somebody new.
 */
@RestController
public class ErasureController {

    private final SubjectDirectory subjects;
    private final Erasures erasures;
    private final ErasureHistory history;
    private final ErasureTimer timer;
    private final Once once;
    private final Clock clock;

    ErasureController(
            SubjectDirectory subjects,
            Erasures erasures,
            ErasureHistory history,
            ErasureTimer timer,
            Once once,
            Clock clock) {
        this.subjects = subjects;
        this.erasures = erasures;
        this.history = history;
        this.timer = timer;
        this.once = once;
        this.clock = clock;
    }

    @PostMapping("/v1/users/{userId}/erase")
    @Answers(value = 202, body = ErasureView.class, once = true, problems = 409)
    @RequiresScope(Scopes.USERS_ERASE)
    public ResponseEntity<Object> erase(
            Caller caller, HttpServletRequest request, @PathVariable String userId, @RequestBody EraseBody body) {
        body.check();
        return once.run(caller, request, remember -> request(caller, userId, body, remember), this::again);
    }

    private CommandAnswer request(Caller caller, String userId, EraseBody body, Optional<IdempotencyRecord> remember) {
        SubjectId subject =
                subjects.find(caller.tenant(), userId).orElseThrow(() -> Rejection.of(ErasureRefusal.USER_UNKNOWN));
        RequestErasure command = new RequestErasure(
                ErasureId.of(subject),
                body.reason(),
                body.legalBasis(),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        Receipt<Erasure> receipt = erasures.request(caller.tenant(), command, caller.provenance(), remember);
        timer.wake();
        return switch (receipt.state()) {
            case Erasure.Absent _ -> throw Rejection.of(ErasureRefusal.NOT_FOUND);
            case Erasure.Present present -> accepted(present, receipt.position());
        };
    }

    private CommandAnswer again(IdempotencyRecord remembered) {
        return accepted(history.at(remembered.stream(), remembered.sequence()), remembered.position());
    }

    private static CommandAnswer accepted(Erasure.Present erasure, long position) {
        return CommandAnswer.accepted(
                URI.create("/v1/erasures/" + erasure.request().id()), position, ErasureView.of(erasure, List.of()));
    }
}
