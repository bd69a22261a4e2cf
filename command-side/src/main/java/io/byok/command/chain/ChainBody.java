package io.byok.command.chain;

import io.byok.kernel.KeyId;
import io.byok.kernel.chain.ChainPolicy;
import io.byok.kernel.chain.Failure;
import io.byok.kernel.chain.SystemUse;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.FieldProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that says something about fallback. What is not said is cautious: no system key, and nothing
 * after a failure that does not pass.
 */
public record ChainBody(
        @Nullable String environment,
        @Nullable List<KeyId> keys,
        @Nullable SystemUse system,
        @Nullable List<Failure> on,
        @Nullable Integer maxRetries,
        @Nullable Integer retryDelayMs) {

    static final String PRODUCTION = "production";
    private static final Pattern ENVIRONMENT = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
    private static final List<Failure> PASSING = List.of(Failure.RATE_LIMITED, Failure.UNAVAILABLE, Failure.TIMEOUT);
    private static final int MOST_KEYS = 20;
    private static final int MOST_RETRIES = 10;
    private static final int LONGEST_DELAY = 600_000;
    private static final int RETRIES = 3;

    String place() {
        return Objects.requireNonNullElse(environment, PRODUCTION);
    }

    static String checkEnvironment(String environment) {
        if (!ENVIRONMENT.matcher(environment).matches()) {
            throw new BadRequest("parameter-invalid", "environment is 1 to 32 lower-case letters, digits and hyphens");
        }
        return environment;
    }

    /**
     * The policy.
     *
     * @param usable the keys that may be named
     * @throws BadRequest naming every field that is wrong
     */
    ChainPolicy policy(Set<KeyId> usable) {
        List<FieldProblem> problems = new ArrayList<>();
        List<KeyId> named = Objects.requireNonNullElse(keys, List.of());
        if (!ENVIRONMENT.matcher(place()).matches()) {
            problems.add(new FieldProblem(
                    "/environment", "An environment is 1 to 32 lower-case letters, digits and hyphens."));
        }
        if (named.size() > MOST_KEYS) {
            problems.add(new FieldProblem("/keys", "At most " + MOST_KEYS + " keys."));
        }
        for (int i = 0; i < named.size(); i++) {
            if (!usable.contains(named.get(i))) {
                problems.add(new FieldProblem(
                        "/keys/" + i, "Must be a key of this user, for this provider and environment."));
            } else if (named.indexOf(named.get(i)) != i) {
                problems.add(new FieldProblem("/keys/" + i, "This key is named before."));
            }
        }
        check("/maxRetries", maxRetries, MOST_RETRIES, problems);
        check("/retryDelayMs", retryDelayMs, LONGEST_DELAY, problems);
        if (!problems.isEmpty()) {
            throw new BadRequest("field-invalid", problems);
        }
        return new ChainPolicy(
                named,
                Objects.requireNonNullElse(system, SystemUse.NEVER).word(),
                Objects.requireNonNullElse(on, PASSING).stream()
                        .map(Failure::word)
                        .toList(),
                Objects.requireNonNullElse(maxRetries, RETRIES),
                Objects.requireNonNullElse(retryDelayMs, 0));
    }

    private static void check(String pointer, @Nullable Integer number, int most, List<FieldProblem> problems) {
        if (number != null && (number < 0 || number > most)) {
            problems.add(new FieldProblem(pointer, "Must be 0 to " + most + "."));
        }
    }
}
