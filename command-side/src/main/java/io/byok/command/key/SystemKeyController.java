package io.byok.command.key;

import io.byok.command.bus.Ids;
import io.byok.command.head.TenantHeads;
import io.byok.command.http.Once;
import io.byok.command.key.domain.KeyCommand;
import io.byok.command.vault.CredentialTrial.Place;
import io.byok.kernel.SubjectId;
import io.byok.platform.web.Answers;
import io.byok.platform.web.Caller;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.Scopes;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Adds keys that the platform pays for. They are sealed, rotated, disabled and deleted as any other key, and belong to
 * the tenant itself; whether one ever serves is said by chains, and without one it never does.
 */
@RestController
public class SystemKeyController {

    private final KeyIntake intake;
    private final Keys keys;
    private final KeyAnswers answers;
    private final Once once;
    private final Ids ids;
    private final Trials trials;
    private final Clock clock;

    SystemKeyController(
            KeyIntake intake, Keys keys, KeyAnswers answers, Once once, Ids ids, Trials trials, Clock clock) {
        this.intake = intake;
        this.keys = keys;
        this.answers = answers;
        this.once = once;
        this.ids = ids;
        this.trials = trials;
        this.clock = clock;
    }

    @PostMapping("/v1/system-keys")
    @Answers(value = 201, body = KeyBody.class, once = true, etag = true)
    @RequiresScope(Scopes.KEYS_WRITE)
    public ResponseEntity<Object> add(Caller caller, HttpServletRequest request, @RequestBody AddKeyBody body) {
        try (var credential = body.credential()) {
            KeyCommand.AddKey command = intake.add(ids.key(), caller.tenant(), null, body, KeyFields.now(clock));
            SubjectId self = TenantHeads.self(caller.tenant());
            Place place = new Place(caller.tenant(), self, command.key(), 1, command.provider(), command.environment());
            return once.run(
                    caller,
                    request,
                    remember -> trials.around(
                            place,
                            credential,
                            body.validate(),
                            caller.provenance(),
                            () -> answers.created(keys.add(
                                    caller.tenant(), self, command, credential, caller.provenance(), remember))),
                    answers::createdAgain);
        }
    }
}
