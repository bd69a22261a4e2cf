package io.byok.command.use;

import io.byok.command.head.KeyHead;
import io.byok.command.head.KeyHeads;
import io.byok.command.head.OutcomeListener;
import io.byok.command.use.domain.Serving;
import io.byok.kernel.Rejection;
import io.byok.kernel.chain.Failure;
import io.byok.kernel.key.KeyNotFound;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.Caller;
import io.byok.platform.web.FieldProblem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes note of what callers say became of the keys they were given. It moves this node's circuits; nothing is stored
 * here, so a word may be lost with the node.
 */
final class Outcomes {

    private static final long LONGEST_RETRY_AFTER = Duration.ofDays(1).toMillis();
    private static final int LONGEST_MODEL = 255;

    private final KeyHeads heads;
    private final Circuits circuits;
    private final List<OutcomeListener> listeners;
    private final Clock clock;

    Outcomes(KeyHeads heads, Circuits circuits, List<OutcomeListener> listeners, Clock clock) {
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
        this.heads = heads;
        this.circuits = circuits;
    }

    /**
     * Notes an outcome.
     *
     * @throws Rejection for a key that is not this tenant's
     * @throws BadRequest naming every field that is wrong
     */
    void note(Caller caller, String keyId, OutcomeBody body) {
        check(body);
        KeyHead head = heads.find(caller, keyId).orElseThrow(() -> Rejection.of(KeyNotFound.KEY_NOT_FOUND));
        int version = Objects.requireNonNullElse(body.version(), head.version());
        KeyHead.Previous previous = head.previous();
        if (version != head.version() && (previous == null || version != previous.version())) {
            return; // it does not serve any more: nothing to learn
        }
        Duration retryAfter = body.retryAfterMs() == null ? null : Duration.ofMillis(body.retryAfterMs());
        Failure failure = failure(body.outcome());
        circuits.observed(new Serving(head.key(), version), failure, retryAfter);
        Instant at = Objects.requireNonNullElseGet(body.at(), clock::instant);
        listeners.forEach(listener -> listener.observed(caller.tenant(), head.key(), version, failure, at));
    }

    private static void check(OutcomeBody body) {
        List<FieldProblem> problems = new ArrayList<>();
        if (body.version() != null && body.version() < 1) {
            problems.add(new FieldProblem("/version", "Versions start at 1."));
        }
        if (body.status() != null && (body.status() < 100 || body.status() > 599)) {
            problems.add(new FieldProblem("/status", "An HTTP status is 100 to 599."));
        }
        if (body.retryAfterMs() != null && (body.retryAfterMs() < 0 || body.retryAfterMs() > LONGEST_RETRY_AFTER)) {
            problems.add(new FieldProblem("/retryAfterMs", "Must be 0 to " + LONGEST_RETRY_AFTER + "."));
        }
        if (body.model() != null && body.model().length() > LONGEST_MODEL) {
            problems.add(new FieldProblem("/model", "At most " + LONGEST_MODEL + " characters."));
        }
        if (!problems.isEmpty()) {
            throw new BadRequest("field-invalid", problems);
        }
    }

    private static @Nullable Failure failure(OutcomeBody.Outcome outcome) {
        return switch (outcome) {
            case SUCCESS -> null;
            case RATE_LIMITED -> Failure.RATE_LIMITED;
            case UNAVAILABLE -> Failure.UNAVAILABLE;
            case TIMEOUT -> Failure.TIMEOUT;
            case INVALID -> Failure.INVALID;
            case NO_QUOTA -> Failure.NO_QUOTA;
            case FORBIDDEN -> Failure.FORBIDDEN;
            case OTHER -> Failure.OTHER;
        };
    }
}
