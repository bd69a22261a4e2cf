package io.byok.command.use;

import io.byok.platform.web.Answers;
import io.byok.platform.web.Caller;
import io.byok.platform.web.Confines;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.Scopes;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Takes outcomes on the control port; the data plane takes the same. Whoever may resolve may tell. */
@RestController
public class OutcomeController {

    private final Outcomes outcomes;

    OutcomeController(Outcomes outcomes) {
        this.outcomes = outcomes;
    }

    @PostMapping("/v1/keys/{keyId}/outcome")
    @Answers(
            value = 204,
            problems = {404})
    @Confines
    @RequiresScope(Scopes.KEYS_RESOLVE)
    public ResponseEntity<Void> tell(Caller caller, @PathVariable String keyId, @RequestBody OutcomeBody body) {
        outcomes.note(caller, keyId, body);
        return ResponseEntity.noContent().build();
    }
}
