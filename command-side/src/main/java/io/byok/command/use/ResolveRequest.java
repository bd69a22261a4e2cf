package io.byok.command.use;

import io.byok.command.use.domain.Excluded;
import io.byok.command.use.domain.Wish;
import io.byok.kernel.TenantId;
import io.byok.kernel.chain.Failure;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.FieldProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request for a secret, with nothing wrong in it. */
record ResolveRequest(
        String userId,
        String provider,
        String environment,
        String purpose,
        @Nullable String model,
        List<Excluded> exclude,
        @Nullable Failure because,
        int tries) {

    private static final int LONGEST_TEXT = 255;
    private static final int MOST_EXCLUDED = 100;

    /** @throws BadRequest naming every field that is wrong */
    static ResolveRequest of(ResolveBody body) {
        List<FieldProblem> problems = new ArrayList<>();
        check("/userId", body.userId(), problems);
        check("/provider", body.provider(), problems);
        check("/purpose", body.purpose(), problems);
        if (body.environment() != null) {
            check("/environment", body.environment(), problems);
        }
        if (body.model() != null) {
            check("/model", body.model(), problems);
        }
        List<Excluded> exclude = excluded(body.exclude(), problems);
        if (body.tries() != null && (body.tries() < 0 || body.tries() > MOST_EXCLUDED)) {
            problems.add(new FieldProblem("/tries", "Must be 0 to " + MOST_EXCLUDED + "."));
        }
        if (!problems.isEmpty()) {
            throw new BadRequest("field-invalid", problems);
        }
        return new ResolveRequest(
                body.userId(),
                body.provider(),
                Objects.requireNonNullElse(body.environment(), "production"),
                body.purpose(),
                body.model(),
                exclude,
                body.because(),
                Objects.requireNonNullElse(body.tries(), 0));
    }

    /** A first try. */
    static ResolveRequest first(String userId, String provider, String environment, String purpose) {
        return new ResolveRequest(userId, provider, environment, purpose, null, List.of(), null, 0);
    }

    Wish wish() {
        return new Wish(model, exclude, because, tries);
    }

    KnownStandings.Place place(TenantId tenant) {
        return new KnownStandings.Place(tenant, userId, provider, environment);
    }

    private static void check(String pointer, String text, List<FieldProblem> problems) {
        if (text.isBlank() || text.length() > LONGEST_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            problems.add(new FieldProblem(
                    pointer, "Must have 1 to " + LONGEST_TEXT + " characters, no control characters."));
        }
    }

    private static List<Excluded> excluded(@Nullable List<String> texts, List<FieldProblem> problems) {
        if (texts == null) {
            return List.of();
        }
        if (texts.size() > MOST_EXCLUDED) {
            problems.add(new FieldProblem("/exclude", "At most " + MOST_EXCLUDED + " keys."));
            return List.of();
        }
        List<Excluded> excluded = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Optional<Excluded> one = Excluded.parse(texts.get(i));
            if (one.isEmpty()) {
                problems.add(new FieldProblem(
                        "/exclude/" + i, "Must be a key id such as key_..., or key_...@2 for a version."));
            }
            one.ifPresent(excluded::add);
        }
        return excluded;
    }
}
