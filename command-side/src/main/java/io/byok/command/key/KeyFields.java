package io.byok.command.key;

import io.byok.platform.web.BadRequest;
import io.byok.platform.web.FieldProblem;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the fields of a key may hold. */
final class KeyFields {

    static final String PRODUCTION = "production";
    static final int LONGEST_USER_ID = 255;
    static final int LONGEST_ALIAS = 100;
    static final int LONGEST_DESCRIPTION = 1000;
    static final int LONGEST_REASON = 500;
    static final int LONGEST_TAG = 50;
    static final int MOST_TAGS = 20;
    static final int HIGHEST_PRIORITY = 1000;
    static final int MOST_MODELS = 50;

    private static final Pattern ENVIRONMENT = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    private static final Pattern MODEL = Pattern.compile("[\\p{Graph}&&[^*]]{1,99}\\*?");

    private KeyFields() {}

    static void refuse(List<FieldProblem> problems) {
        if (!problems.isEmpty()) {
            boolean credential =
                    problems.stream().allMatch(problem -> problem.pointer().startsWith("/credential"));
            throw new BadRequest(credential ? "credential-invalid" : "field-invalid", problems);
        }
    }

    static void checkUserId(String userId) {
        if (userId.isBlank() || userId.length() > LONGEST_USER_ID || hasControl(userId)) {
            throw new BadRequest(
                    "user-id-invalid",
                    "",
                    "A user id has 1 to " + LONGEST_USER_ID + " characters, none of them a control character.");
        }
    }

    static void checkEnvironment(String environment, List<FieldProblem> problems) {
        if (!ENVIRONMENT.matcher(environment).matches()) {
            problems.add(new FieldProblem(
                    "/environment",
                    "An environment is 1 to 32 lower-case letters, digits and hyphens, such as production."));
        }
    }

    static void checkAlias(@Nullable String alias, List<FieldProblem> problems) {
        checkText("/alias", alias, LONGEST_ALIAS, problems);
    }

    static void checkDescription(@Nullable String description, List<FieldProblem> problems) {
        checkText("/description", description, LONGEST_DESCRIPTION, problems);
    }

    static void checkReason(@Nullable String reason, List<FieldProblem> problems) {
        checkText("/reason", reason, LONGEST_REASON, problems);
    }

    static void checkTags(@Nullable List<@Nullable String> tags, List<FieldProblem> problems) {
        if (tags == null) {
            return;
        }
        if (tags.size() > MOST_TAGS) {
            problems.add(new FieldProblem("/tags", "At most " + MOST_TAGS + " tags."));
        }
        for (int i = 0; i < tags.size(); i++) {
            String tag = tags.get(i);
            if (tag == null || tag.isBlank() || tag.length() > LONGEST_TAG || hasControl(tag)) {
                problems.add(new FieldProblem("/tags/" + i, "A tag has 1 to " + LONGEST_TAG + " characters."));
            }
        }
    }

    /** The tags that {@link #checkTags} let pass. */
    static List<String> tags(@Nullable List<@Nullable String> tags) {
        return tags == null ? List.of() : tags.stream().filter(Objects::nonNull).toList();
    }

    static void checkPriority(@Nullable Integer priority, List<FieldProblem> problems) {
        if (priority != null && (priority < 0 || priority > HIGHEST_PRIORITY)) {
            problems.add(new FieldProblem(
                    "/priority", "A priority is 0 to " + HIGHEST_PRIORITY + "; the lowest serves first."));
        }
    }

    static void checkModels(@Nullable List<@Nullable String> models, List<FieldProblem> problems) {
        if (models == null) {
            return;
        }
        if (models.size() > MOST_MODELS) {
            problems.add(new FieldProblem("/models", "At most " + MOST_MODELS + " models."));
        }
        for (int i = 0; i < models.size(); i++) {
            String model = models.get(i);
            if (model == null || !MODEL.matcher(model).matches()) {
                problems.add(new FieldProblem(
                        "/models/" + i, "A model is its name, or a beginning of names followed by *, as in gpt-4o*."));
            }
        }
    }

    /** PostgreSQL keeps microseconds; what is answered must be what is stored. */
    static @Nullable Instant micros(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.MICROS);
    }

    static Instant now(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static void checkText(String pointer, @Nullable String text, int longest, List<FieldProblem> problems) {
        if (text != null && (text.length() > longest || hasControl(text))) {
            problems.add(
                    new FieldProblem(pointer, "At most " + longest + " characters, none of them a control character."));
        }
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
    }
}
