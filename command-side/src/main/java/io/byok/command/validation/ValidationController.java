package io.byok.command.validation;

import io.byok.command.head.KeyHead;
import io.byok.command.head.KeyHeads;
import io.byok.command.head.SubjectDirectory;
import io.byok.kernel.Rejection;
import io.byok.kernel.SubjectId;
import io.byok.kernel.key.KeyNotFound;
import io.byok.platform.web.Answers;
import io.byok.platform.web.Caller;
import io.byok.platform.web.Confines;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.Scopes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Asks providers on demand. */
@RestController
class ValidationController {

    private static final int MOST = 100;

    private final Validation validation;
    private final KeyHeads heads;
    private final SubjectDirectory subjects;
    private final boolean on;

    ValidationController(Validation validation, KeyHeads heads, SubjectDirectory subjects, ValidationSwitch on) {
        this.validation = validation;
        this.heads = heads;
        this.subjects = subjects;
        this.on = on.on();
    }

    /** Results in the order of the keys' age; keys that cannot be asked about are left out. */
    record Results(List<Result> data) {}

    @PostMapping("/v1/keys/{keyId}/validate")
    @Confines
    @RequiresScope(Scopes.KEYS_WRITE)
    @Answers(body = Result.class, problems = 409)
    Result one(Caller caller, @PathVariable String keyId) {
        KeyHead head = heads.find(caller, keyId).orElseThrow(() -> Rejection.of(KeyNotFound.KEY_NOT_FOUND));
        refuseWhenOff();
        return validation.check(head, Occasion.REQUESTED, caller.provenance());
    }

    @PostMapping("/v1/users/{userId}/keys/validate")
    @Confines
    @RequiresScope(Scopes.KEYS_WRITE)
    @Answers(body = Results.class, problems = 409)
    Results all(Caller caller, @PathVariable String userId) {
        subjects.mustReach(caller, userId);
        refuseWhenOff();
        List<KeyHead> keys = subjects
                .find(caller.tenant(), userId)
                .map((SubjectId subject) -> heads.testable(caller.tenant(), subject, MOST))
                .orElse(List.of())
                .stream()
                .filter(head -> caller.within().reaches(head.provider()))
                .toList();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Result>> asked = keys.stream()
                    .map(head -> callers.submit(() -> validation.check(head, Occasion.REQUESTED, caller.provenance())))
                    .toList();
            return new Results(asked.stream()
                    .map(ValidationController::result)
                    .flatMap(Optional::stream)
                    .toList());
        }
    }

    private static Optional<Result> result(Future<Result> asked) {
        try {
            return Optional.of(asked.get());
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Rejection) {
                return Optional.empty();
            }
            throw failed.getCause() instanceof RuntimeException why
                    ? why
                    : new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopping);
        }
    }

    private void refuseWhenOff() {
        if (!on) {
            throw Rejection.of(ValidationRefusal.OFF);
        }
    }
}
