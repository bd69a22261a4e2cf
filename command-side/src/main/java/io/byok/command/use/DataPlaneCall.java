package io.byok.command.use;

import io.byok.platform.access.TokenVerifier;
import io.byok.platform.access.VerifiedToken;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.Caller;
import io.byok.platform.web.HeaderNames;
import io.byok.platform.web.JsonBody;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.Scopes;
import io.byok.platform.web.json.StrictJson;
import io.byok.platform.web.limit.Grant;
import io.byok.platform.web.limit.RateLimits;
import io.byok.platform.web.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request on the data plane, from its bytes to the answer's, without ever making the event loop wait. Whoever shows
 * no valid token learns nothing but that.
 */
final class DataPlaneCall {

    private static final String RESOLVE = "/v1/resolve";
    private static final Pattern OUTCOME = Pattern.compile("/v1/keys/([^/]{1,100})/outcome");
    private static final String BEARER = "Bearer ";

    private final TokenVerifier tokens;
    private final Resolver resolver;
    private final Outcomes outcomes;
    private final RateLimits limits;
    private final Executor elsewhere;

    /** @param elsewhere where waiting is cheap */
    DataPlaneCall(TokenVerifier tokens, Resolver resolver, Outcomes outcomes, RateLimits limits, Executor elsewhere) {
        this.limits = limits;
        this.tokens = tokens;
        this.resolver = resolver;
        this.outcomes = outcomes;
        this.elsewhere = elsewhere;
    }

    /** @param body owned: wiped when answered */
    record Call(
            boolean post,
            String path,
            @Nullable String authorization,
            @Nullable String contentType,
            @Nullable String contentEncoding,
            @Nullable String dryRun,
            String requestId,
            byte[] body) {

        @Override
        public String toString() {
            return "Call[" + requestId + "]";
        }
    }

    /** Fails with whatever is to be shown as a problem. @param loop the event loop of the request */
    CompletableFuture<Answer> answer(Call call, Executor loop) {
        return token(call.authorization())
                .thenCompose(token -> token.map(is -> admitted(is, call, loop))
                        .orElseGet(() -> CompletableFuture.completedFuture(stranger(call))))
                .whenComplete((answer, failed) -> Arrays.fill(call.body(), (byte) 0));
    }

    private static Answer stranger(Call call) {
        ProblemCode code = call.authorization() == null ? ProblemCode.TOKEN_MISSING : ProblemCode.TOKEN_INVALID;
        return Answer.of(Problem.of(code, call.requestId()).with("WWW-Authenticate", "Bearer"));
    }

    private CompletableFuture<Answer> admitted(VerifiedToken token, Call call, Executor loop) {
        Caller caller = new Caller(token.tenant(), token.tokenId(), token.scopes(), call.requestId());
        Matcher outcome = OUTCOME.matcher(call.path());
        Problem problem = refusal(token, caller, call, outcome);
        if (problem != null) {
            return CompletableFuture.completedFuture(Answer.of(problem));
        }
        Optional<Grant> grant = limits.resolve(caller.tenant());
        if (grant.isPresent() && !grant.get().granted()) {
            Problem busy = Problem.of(ProblemCode.RATE_LIMITED, call.requestId())
                    .with("Retry-After", Long.toString(grant.get().retryAfter()));
            return CompletableFuture.completedFuture(limited(Answer.of(busy), grant.get()));
        }
        JsonBody.check(call.contentType(), call.contentEncoding(), call.body());
        CompletableFuture<Answer> answer =
                outcome.matches() ? note(caller, outcome.group(1), call) : resolve(caller, call, loop);
        return grant.map(said -> answer.thenApply(one -> limited(one, said))).orElse(answer);
    }

    private static Answer limited(Answer answer, Grant grant) {
        return answer.with(HeaderNames.RATE_LIMIT_POLICY, grant.policyHeader())
                .with(HeaderNames.RATE_LIMIT, grant.header());
    }

    private static @Nullable Problem refusal(VerifiedToken token, Caller caller, Call call, Matcher outcome) {
        if (token.suspended()) {
            return Problem.of(ProblemCode.TENANT_SUSPENDED, call.requestId());
        }
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
        return dryRun(call.dryRun())
                ? CompletableFuture.supplyAsync(() -> shown(resolver.dryRun(caller, request)), elsewhere)
                : resolver.resolveLater(caller, request, elsewhere, loop).thenApply(DataPlaneCall::shown);
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
                elsewhere);
    }

    private CompletableFuture<Optional<VerifiedToken>> token(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        byte[] token = header.substring(BEARER.length()).strip().getBytes(StandardCharsets.ISO_8859_1);
        try {
            return tokens.verifyLater(token);
        } finally {
            Arrays.fill(token, (byte) 0);
        }
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
