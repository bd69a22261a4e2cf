package io.byok.command.use;

import io.byok.kernel.KeyId;
import io.byok.kernel.Rejection;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.Caller;
import io.byok.platform.web.HeaderNames;
import io.byok.platform.web.JsonBody;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.Scopes;
import io.byok.platform.web.door.Denial;
import io.byok.platform.web.door.Doorkeeper;
import io.byok.platform.web.door.RefusalListener;
import io.byok.platform.web.door.RefusedCommand;
import io.byok.platform.web.json.StrictJson;
import io.byok.platform.web.limit.Grant;
import io.byok.platform.web.limit.RateLimits;
import io.byok.platform.web.problem.Problem;
import io.byok.platform.web.problem.Problems;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request on the data plane, from its bytes to the answer's, without ever making the event loop wait. Whoever shows
 * no valid token learns nothing but that.
 */
final class DataPlaneCall {

    private static final int FORBIDDEN = 403;
    private static final String RESOLVE = "/v1/resolve";
    private static final Pattern OUTCOME = Pattern.compile("/v1/keys/([^/]{1,100})/outcome");

    private final Doorkeeper door;
    private final Resolver resolver;
    private final Outcomes outcomes;
    private final RateLimits limits;
    private final RefusalListener refusals;
    private final Executor elsewhere;

    /** @param elsewhere where waiting is cheap */
    DataPlaneCall(
            Doorkeeper door,
            Resolver resolver,
            Outcomes outcomes,
            RateLimits limits,
            RefusalListener refusals,
            Executor elsewhere) {
        this.limits = limits;
        this.refusals = refusals;
        this.door = door;
        this.resolver = resolver;
        this.outcomes = outcomes;
        this.elsewhere = elsewhere;
    }

    /** @param body owned: wiped when answered */
    record Call(
            String method,
            String path,
            List<String> authorization,
            @Nullable InetAddress from,
            @Nullable String contentType,
            @Nullable String contentEncoding,
            @Nullable String dryRun,
            String requestId,
            byte[] body) {

        boolean post() {
            return method.equals("POST");
        }

        String operation() {
            return Denial.operation(method, path);
        }

        @Override
        public String toString() {
            return "Call[" + requestId + "]";
        }
    }

    /** Fails with whatever is to be shown as a problem. @param loop the event loop of the request */
    CompletableFuture<Answer> answer(Call call, Executor loop) {
        return enter(call)
                .thenCompose(entry -> entry.caller() == null
                        ? CompletableFuture.completedFuture(Answer.of(Objects.requireNonNull(entry.problem())))
                        : admitted(entry.caller(), call, loop))
                .whenComplete((answer, failed) -> Arrays.fill(call.body(), (byte) 0));
    }

    private CompletableFuture<Doorkeeper.Entry> enter(Call call) {
        if (call.authorization().isEmpty()) {
            Problem missing = Problem.of(ProblemCode.TOKEN_MISSING, call.requestId());
            return CompletableFuture.completedFuture(
                    new Doorkeeper.Entry(null, missing.with("WWW-Authenticate", "Bearer")));
        }
        return door.ask(call.operation(), call.authorization(), call.from(), call.requestId());
    }

    private CompletableFuture<Answer> admitted(Caller caller, Call call, Executor loop) {
        Matcher outcome = OUTCOME.matcher(call.path());
        Problem problem = refusal(caller, call, outcome);
        if (problem != null) {
            if (problem.status() == FORBIDDEN) {
                door.refused(caller, call.operation(), Scopes.KEYS_RESOLVE, call.from());
            }
            return CompletableFuture.completedFuture(Answer.of(problem));
        }
        Optional<Grant> grant = limits.resolve(caller.tenant());
        if (grant.isPresent() && !grant.get().granted()) {
            Problem busy = Problem.of(ProblemCode.RATE_LIMITED, call.requestId())
                    .with("Retry-After", Long.toString(grant.get().retryAfter()));
            return CompletableFuture.completedFuture(limited(Answer.of(busy), grant.get()));
        }
        CompletableFuture<Answer> answer =
                carryOut(caller, call, outcome, loop).whenComplete((is, failed) -> confined(caller, call, failed));
        return grant.map(said -> answer.thenApply(one -> limited(one, said))).orElse(answer);
    }

    private CompletableFuture<Answer> carryOut(Caller caller, Call call, Matcher outcome, Executor loop) {
        try {
            JsonBody.check(call.contentType(), call.contentEncoding(), call.body());
            return outcome.matches() ? note(caller, outcome.group(1), call) : resolve(caller, call, loop);
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private void confined(Caller caller, Call call, @Nullable Throwable failed) {
        Throwable why = failed instanceof CompletionException && failed.getCause() != null ? failed.getCause() : failed;
        if (why instanceof BadRequest refused && refused.code().equals(ProblemCode.TOKEN_CONFINED.code())) {
            door.refused(caller, call.operation(), null, call.from());
        }
    }

    private static Answer limited(Answer answer, Grant grant) {
        return answer.with(HeaderNames.RATE_LIMIT_POLICY, grant.policyHeader())
                .with(HeaderNames.RATE_LIMIT, grant.header());
    }

    private static @Nullable Problem refusal(Caller caller, Call call, Matcher outcome) {
        if (!call.path().equals(RESOLVE) && !outcome.matches()) {
            return Problem.of(ProblemCode.PATH_UNKNOWN, call.requestId());
        }
        if (!call.post()) {
            return Problem.of(ProblemCode.METHOD_NOT_ALLOWED, call.requestId()).with("Allow", "POST");
        }
        if (!caller.may(Scopes.KEYS_RESOLVE)) {
            return Problem.of(
                    ProblemCode.SCOPE_MISSING, "The scope " + Scopes.KEYS_RESOLVE + " is needed.", call.requestId());
        }
        return null;
    }

    private CompletableFuture<Answer> resolve(Caller caller, Call call, Executor loop) {
        ResolveRequest request = ResolveRequest.of(StrictJson.read(call.body(), ResolveBody.class));
        CompletableFuture<Answer> answer = dryRun(call.dryRun())
                ? CompletableFuture.supplyAsync(() -> shown(resolver.dryRun(caller, request)), elsewhere)
                : resolver.resolveLater(caller, request, elsewhere, loop).thenApply(DataPlaneCall::shown);
        return answer.whenComplete((_, failed) -> rejected(caller, "POST /v1/resolve", null, request.userId(), failed));
    }

    private void rejected(
            Caller caller,
            String operation,
            @Nullable String keyId,
            @Nullable String userId,
            @Nullable Throwable failed) {
        Rejection why = failed == null ? null : Problems.rejection(failed);
        if (why != null) {
            KeyId key = keyId == null ? null : KeyId.parse(keyId).orElse(null);
            refusals.refused(new RefusedCommand(caller, operation, why.refusal().code(), key, userId));
        }
    }

    private static Answer shown(Resolved resolved) {
        try (resolved) {
            Answer answer = Answer.json(200, StrictJson.mapper().writeValueAsBytes(resolved));
            Long position = resolved.position();
            return position == null ? answer : answer.with(HeaderNames.POSITION, position.toString());
        }
    }

    private CompletableFuture<Answer> note(Caller caller, String keyId, Call call) {
        OutcomeBody body = StrictJson.read(call.body(), OutcomeBody.class);
        return CompletableFuture.supplyAsync(
                        () -> {
                            outcomes.note(caller, keyId, body);
                            return Answer.noContent();
                        },
                        elsewhere)
                .whenComplete((_, failed) -> rejected(caller, "POST /v1/keys/{keyId}/outcome", keyId, null, failed));
    }

    private static boolean dryRun(@Nullable String parameter) {
        return switch (parameter) {
            case null -> false;
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadRequest(ProblemCode.PARAMETER_INVALID, "dryRun must be true or false");
        };
    }
}
