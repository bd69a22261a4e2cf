package io.byok.query.replay;

import io.byok.platform.web.BadRequest;
import io.byok.platform.web.FieldProblem;
import io.byok.platform.web.ProblemCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be replayed. A range is named in the contract and not served yet: a part of history makes no digest that
 * could be compared.
 *
 * @param projection a read model, or {@code all}
 * @param mode {@code verify} or {@code rebuild}
 */
public record ReplayRequest(
        @Nullable String projection,
        @Nullable String mode,
        @Nullable String from,
        @Nullable String to) {

    static final String ALL = "all";

    /** What was asked for, once it makes sense. */
    record Checked(String projection, ReplayMode mode) {}

    Checked check(List<String> names) {
        List<FieldProblem> problems = new ArrayList<>();
        boolean knownProjection = ALL.equals(projection) || projection != null && names.contains(projection);
        if (!knownProjection) {
            problems.add(new FieldProblem("/projection", "must be one of " + String.join(", ", names) + ", " + ALL));
        }
        ReplayMode asked = Arrays.stream(ReplayMode.values())
                .filter(known -> known.word().equals(mode))
                .findFirst()
                .orElse(null);
        if (asked == null) {
            problems.add(new FieldProblem("/mode", "must be verify or rebuild"));
        }
        if (from != null) {
            problems.add(new FieldProblem("/from", "is not served yet: a replay always covers all of history"));
        }
        if (to != null) {
            problems.add(
                    new FieldProblem("/to", "is not served yet: a replay always ends where the read model stands"));
        }
        if (projection == null || asked == null || !problems.isEmpty()) {
            throw new BadRequest(ProblemCode.FIELD_INVALID.code(), problems);
        }
        return new Checked(projection, asked);
    }
}
