package io.byok.command.key;

import io.byok.command.bus.Ids;
import io.byok.command.bus.Receipt;
import io.byok.command.head.KeyHead;
import io.byok.command.head.SubjectDirectory;
import io.byok.command.http.CommandAnswer;
import io.byok.command.http.IfMatch;
import io.byok.command.http.Once;
import io.byok.command.key.domain.Key;
import io.byok.command.key.domain.KeyCommand;
import io.byok.command.vault.CredentialTrial.Place;
import io.byok.kernel.SubjectId;
import io.byok.platform.web.Answers;
import io.byok.platform.web.Caller;
import io.byok.platform.web.Confines;
import io.byok.platform.web.ExpectedVersion;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.Scopes;
import io.byok.platform.web.Takes;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Adds, changes, rotates and deletes keys over HTTP. */
@RestController
public class KeyController {

    private final KeyIntake intake;
    private final Keys keys;
    private final KeyAnswers answers;
    private final SubjectDirectory subjects;
    private final Once once;
    private final Ids ids;
    private final Trials trials;
    private final Clock clock;

    KeyController(
            KeyIntake intake,
            Keys keys,
            KeyAnswers answers,
            SubjectDirectory subjects,
            Once once,
            Ids ids,
            Trials trials,
            Clock clock) {
        this.intake = intake;
        this.keys = keys;
        this.answers = answers;
        this.subjects = subjects;
        this.once = once;
        this.ids = ids;
        this.trials = trials;
        this.clock = clock;
    }

    @PostMapping("/v1/users/{userId}/keys")
    @Answers(value = 201, body = KeyBody.class, once = true, etag = true, problems = 410)
    @Confines
    @RequiresScope(Scopes.KEYS_WRITE)
    public ResponseEntity<Object> add(
            Caller caller, HttpServletRequest request, @PathVariable String userId, @RequestBody AddKeyBody body) {
        try (var credential = body.credential()) {
            KeyCommand.AddKey command = intake.add(ids.key(), caller.tenant(), userId, body, KeyFields.now(clock));
            caller.mustReach(command.provider());
            subjects.mustReach(caller, userId);
            return once.run(
                    caller,
                    request,
                    remember -> {
                        SubjectId subject = subjects.findOrRegister(caller.tenant(), userId, caller.provenance());
                        Place place = new Place(
                                caller.tenant(), subject, command.key(), 1, command.provider(), command.environment());
                        return trials.around(
                                place,
                                credential,
                                body.validate(),
                                caller.provenance(),
                                () -> answers.created(keys.add(
                                        caller.tenant(), subject, command, credential, caller.provenance(), remember)));
                    },
                    answers::createdAgain);
        }
    }

    @PostMapping("/v1/keys/{keyId}/rotate")
    @Answers(body = KeyBody.class, once = true, etag = true, problems = 410)
    @Confines
    @RequiresScope(Scopes.KEYS_WRITE)
    public ResponseEntity<Object> rotate(
            Caller caller,
            HttpServletRequest request,
            @PathVariable String keyId,
            @Nullable ExpectedVersion ifMatch,
            @RequestBody RotateKeyBody body) {
        try (var credential = body.credential()) {
            KeyHead head = keys.head(caller, keyId);
            KeyCommand.RotateKey command = intake.rotate(head, body, KeyFields.now(clock));
            return once.run(
                    caller,
                    request,
                    remember -> trials.around(
                            Trials.next(head),
                            credential,
                            body.validate(),
                            caller.provenance(),
                            () -> answers.ok(keys.rotate(
                                    head,
                                    command,
                                    credential,
                                    caller.provenance(),
                                    IfMatch.version(ifMatch),
                                    remember))),
                    answers::okAgain);
        }
    }

    @PatchMapping("/v1/keys/{keyId}")
    @Takes(KeyPatchBody.class)
    @Answers(body = KeyBody.class, etag = true, problems = 410)
    @Confines
    @RequiresScope(Scopes.KEYS_WRITE)
    public ResponseEntity<Object> change(
            Caller caller,
            @PathVariable String keyId,
            @Nullable ExpectedVersion ifMatch,
            @RequestBody ObjectNode body) {
        KeyHead head = keys.head(caller, keyId);
        KeyCommand command = new KeyCommand.ChangeKey(head.key(), KeyPatch.read(body), KeyFields.now(clock));
        return answers.ok(keys.send(head, command, caller.provenance(), IfMatch.version(ifMatch), Optional.empty()))
                .entity();
    }

    @DeleteMapping("/v1/keys/{keyId}")
    @Answers(value = 204, etag = true, problems = 410)
    @Confines
    @RequiresScope(Scopes.KEYS_WRITE)
    public ResponseEntity<Object> delete(Caller caller, @PathVariable String keyId, @Nullable ExpectedVersion ifMatch) {
        KeyHead head = keys.head(caller, keyId);
        KeyCommand command = new KeyCommand.DeleteKey(head.key(), null, KeyFields.now(clock));
        Receipt<Key> receipt =
                keys.send(head, command, caller.provenance(), IfMatch.version(ifMatch), Optional.empty());
        return CommandAnswer.noContent(receipt.version(), receipt.position()).entity();
    }
}
