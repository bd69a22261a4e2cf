package io.byok.command.key;

import io.byok.command.head.KeyHead;
import io.byok.command.http.IfMatch;
import io.byok.command.http.Once;
import io.byok.command.key.domain.KeyCommand;
import io.byok.kernel.KeyId;
import io.byok.platform.web.Answers;
import io.byok.platform.web.Caller;
import io.byok.platform.web.Confines;
import io.byok.platform.web.ExpectedVersion;
import io.byok.platform.web.FieldProblem;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.Scopes;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Moves keys from one state to another over HTTP. Once the answer is out, no node serves the key otherwise. */
@RestController
public class KeyMoveController {

    private final Keys keys;
    private final KeyAnswers answers;
    private final Once once;
    private final Clock clock;

    KeyMoveController(Keys keys, KeyAnswers answers, Once once, Clock clock) {
        this.keys = keys;
        this.answers = answers;
        this.once = once;
        this.clock = clock;
    }

    @PostMapping("/v1/keys/{keyId}/disable")
    @Answers(body = KeyBody.class, once = true, etag = true, problems = 410)
    @Confines
    @RequiresScope(Scopes.KEYS_WRITE)
    public ResponseEntity<Object> disable(
            Caller caller,
            HttpServletRequest request,
            @PathVariable String keyId,
            @Nullable ExpectedVersion ifMatch,
            @RequestBody(required = false) @Nullable ReasonBody body) {
        return move(caller, request, keyId, ifMatch, body, KeyCommand.DisableKey::new);
    }

    @PostMapping("/v1/keys/{keyId}/enable")
    @Answers(body = KeyBody.class, once = true, etag = true, problems = 410)
    @Confines
    @RequiresScope(Scopes.KEYS_WRITE)
    public ResponseEntity<Object> enable(
            Caller caller,
            HttpServletRequest request,
            @PathVariable String keyId,
            @Nullable ExpectedVersion ifMatch,
            @RequestBody(required = false) @Nullable ReasonBody body) {
        return move(caller, request, keyId, ifMatch, body, KeyCommand.EnableKey::new);
    }

    @PostMapping("/v1/keys/{keyId}/revoke")
    @Answers(body = KeyBody.class, once = true, etag = true, problems = 410)
    @Confines
    @RequiresScope(Scopes.KEYS_WRITE)
    public ResponseEntity<Object> revoke(
            Caller caller,
            HttpServletRequest request,
            @PathVariable String keyId,
            @Nullable ExpectedVersion ifMatch,
            @RequestBody(required = false) @Nullable ReasonBody body) {
        return move(caller, request, keyId, ifMatch, body, KeyCommand.RevokeKey::new);
    }

    private interface Move {
        KeyCommand of(KeyId key, @Nullable String reason, Instant at);
    }

    private ResponseEntity<Object> move(
            Caller caller,
            HttpServletRequest request,
            String keyId,
            @Nullable ExpectedVersion ifMatch,
            @Nullable ReasonBody body,
            Move move) {
        KeyHead head = keys.head(caller, keyId);
        KeyCommand command = move.of(head.key(), reason(body), KeyFields.now(clock));
        return once.run(
                caller,
                request,
                remember ->
                        answers.ok(keys.send(head, command, caller.provenance(), IfMatch.version(ifMatch), remember)),
                answers::okAgain);
    }

    private static @Nullable String reason(@Nullable ReasonBody body) {
        if (body == null) {
            return null;
        }
        List<FieldProblem> problems = new ArrayList<>();
        KeyFields.checkReason(body.reason(), problems);
        KeyFields.refuse(problems);
        return body.reason();
    }
}
