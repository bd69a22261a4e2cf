package io.byok.command.hold;

import io.byok.platform.web.BadRequest;
import io.byok.platform.web.FieldProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request for a legal hold says.
 *
 * @param userId whose records; absent for everybody's
 * @param from what happened then or later; absent for from the beginning
 * @param to what happened before then; absent for to the end
 * @param reason in the caller's words, such as the number of a case; no place for names
 */
public record HoldBody(
        @Nullable String userId,
        @Nullable Instant from,
        @Nullable Instant to,
        String reason) {

    private static final int LONGEST_REASON = 500;

    /** @throws BadRequest naming every field that is wrong */
    void check() {
        List<FieldProblem> problems = new ArrayList<>();
        reason(reason, problems);
        if (from != null && to != null && !from.isBefore(to)) {
            problems.add(new FieldProblem("/to", "Must be later than from."));
        }
        if (!problems.isEmpty()) {
            throw new BadRequest("field-invalid", problems);
        }
    }

    static void reason(String text, List<FieldProblem> problems) {
        if (text.isBlank() || text.length() > LONGEST_REASON || text.chars().anyMatch(Character::isISOControl)) {
            problems.add(new FieldProblem("/reason", "Must have 1 to " + LONGEST_REASON + " characters on one line."));
        }
    }

    /** Why a hold is to end. */
    public record Lift(String reason) {

        void check() {
            List<FieldProblem> problems = new ArrayList<>();
            HoldBody.reason(reason, problems);
            if (!problems.isEmpty()) {
                throw new BadRequest("field-invalid", problems);
            }
        }
    }
}
