package io.byok.platform.web.problem;

import io.byok.kernel.Refusal;
import io.byok.platform.web.ProblemCode;

/**
 * One line of the table of problems.
 *
 * @param code a stable word
 * @param status the HTTP status it always comes with
 * @param title one sentence that holds for every occurrence
 * @param advice what the caller can do about it
 */
public record ProblemEntry(String code, int status, String title, String advice) {

    static ProblemEntry of(ProblemCode code) {
        return new ProblemEntry(code.code(), code.status(), code.title(), code.advice());
    }

    static ProblemEntry of(Refusal refusal) {
        return new ProblemEntry(refusal.code(), status(refusal.kind()), refusal.title(), refusal.advice());
    }

    private static int status(Refusal.Kind kind) {
        return switch (kind) {
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case GONE -> 410;
            case INVALID -> 422;
            case STALE -> 412;
        };
    }
}
