package io.byok.platform.web.problem;

import io.byok.kernel.Rejection;
import io.byok.platform.seal.KeysUnavailable;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.FieldProblem;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.Unavailable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which failure is which problem. Answers and business refusals are recognised anywhere in the chain of causes
 * (buses and futures wrap them); everything else is {@code internal-error}, about which the caller learns the request id
 * and nothing more.
 */
public final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final int DEEPEST_CAUSE = 20;
    private static final String SOON = "1";

    private final ProblemTable table;

    public Problems(ProblemTable table) {
        this.table = table;
    }

    public Problem of(Throwable failure, String requestId) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            Problem known = known(cause, requestId);
            if (known != null) {
                return known;
            }
            cause = cause.getCause();
        }
        if (StorageTrouble.isAway(failure)) {
            LOG.warn("database away, request {}: {}", requestId, MutedFailure.name(failure));
            return Problem.of(ProblemCode.STORAGE_UNAVAILABLE, requestId).with("Retry-After", SOON);
        }
        LOG.error("unexpected failure, request {}", requestId, MutedFailure.of(failure));
        return Problem.of(ProblemCode.INTERNAL_ERROR, requestId);
    }

    /** The business refusal in a failure, recognised as {@link #of} does; absent when it is none. */
    public static @Nullable Rejection rejection(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof Rejection why) {
                return why;
            }
            cause = cause.getCause();
        }
        return null;
    }

    private @Nullable Problem known(Throwable failure, String requestId) {
        return switch (failure) {
            case BadRequest bad -> of(bad, requestId);
            case Unavailable away ->
                new Problem(
                        entry(away.code(), ProblemCode.SERVER_BUSY),
                        orTitle(away.detail(), entry(away.code(), ProblemCode.SERVER_BUSY)),
                        requestId,
                        List.of(),
                        Map.of("Retry-After", Long.toString(away.retryAfterSeconds())));
            case KeysUnavailable _ ->
                Problem.of(ProblemCode.KEYS_UNAVAILABLE, requestId).with("Retry-After", SOON);
            case Rejection no ->
                new Problem(ProblemEntry.of(no.refusal()), no.detail(), requestId, List.of(), Map.of());
            default -> null;
        };
    }

    private Problem of(BadRequest bad, String requestId) {
        ProblemEntry entry = inBody(entry(bad.code(), ProblemCode.FIELD_INVALID));
        String detail = bad.detail();
        if (detail == null && bad.fields().size() == 1) {
            FieldProblem field = bad.fields().getFirst();
            detail = (field.pointer().isEmpty() ? "the body" : field.pointer()) + " " + field.message();
        }
        return new Problem(entry, orTitle(detail, entry), requestId, bad.fields(), Map.of());
    }

    /** What the body names and is not there makes no sense of the body; 404 is for what the path names. */
    private static ProblemEntry inBody(ProblemEntry entry) {
        return entry.status() == 404
                ? new ProblemEntry(entry.code(), ProblemCode.FIELD_INVALID.status(), entry.title(), entry.advice())
                : entry;
    }

    private ProblemEntry entry(String code, ProblemCode otherwise) {
        return table.find(code).orElseGet(() -> {
            LOG.error("problem code {} is not in the table", code);
            return new ProblemEntry(code, otherwise.status(), otherwise.title(), otherwise.advice());
        });
    }

    private static String orTitle(@Nullable String detail, ProblemEntry entry) {
        return detail == null ? entry.title() : detail;
    }
}
