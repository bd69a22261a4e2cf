package io.byok.command.use;

import io.byok.platform.access.TokenVerifier;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.Caller;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.Scopes;
import io.byok.platform.web.json.StrictJson;
import io.byok.platform.web.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request on the data plane, from its bytes to the answer's. Whoever shows no valid token learns nothing but that.
 */
final class ResolveCall {

    private static final String PATH = "/v1/resolve";
    private static final String BEARER = "bearer ";

    private final TokenVerifier tokens;
    private final Resolver resolver;

    ResolveCall(TokenVerifier tokens, Resolver resolver) {
        this.tokens = tokens;
        this.resolver = resolver;
    }

    /** @param body owned: wiped when answered */
    record Call(
            boolean post,
            String path,
            @Nullable String authorization,
            @Nullable String contentType,
            @Nullable String dryRun,
            String requestId,
            byte[] body) {

        @Override
        public String toString() {
            return "Call[" + requestId + "]";
        }
    }

    Answer answer(Call call) {
        try {
            Optional<Caller> caller = caller(call);
            if (caller.isEmpty()) {
                ProblemCode code = call.authorization() == null ? ProblemCode.TOKEN_MISSING : ProblemCode.TOKEN_INVALID;
                return refuse(Problem.of(code, call.requestId()).with("WWW-Authenticate", "Bearer"));
            }
            if (!call.path().equals(PATH)) {
                return refuse(Problem.of(ProblemCode.PATH_UNKNOWN, call.requestId()));
            }
            if (!call.post()) {
                return refuse(Problem.of(ProblemCode.METHOD_NOT_ALLOWED, call.requestId())
                        .with("Allow", "POST"));
            }
            if (!caller.get().may(Scopes.KEYS_RESOLVE)) {
                return refuse(Problem.of(
                        ProblemCode.SCOPE_MISSING,
                        "The scope " + Scopes.KEYS_RESOLVE + " is needed.",
                        call.requestId()));
            }
            if (!isJson(call.contentType())) {
                return refuse(Problem.of(ProblemCode.MEDIA_TYPE_UNSUPPORTED, call.requestId()));
            }
            return resolve(caller.get(), call);
        } finally {
            Arrays.fill(call.body(), (byte) 0);
        }
    }

    private Answer resolve(Caller caller, Call call) {
        ResolveRequest request = ResolveRequest.of(StrictJson.read(call.body(), ResolveBody.class));
        try (Resolved resolved =
                dryRun(call.dryRun()) ? resolver.dryRun(caller, request) : resolver.resolve(caller, request)) {
            return Answer.json(200, StrictJson.mapper().writeValueAsBytes(resolved));
        }
    }

    private Optional<Caller> caller(Call call) {
        String header = call.authorization();
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return Optional.empty();
        }
        byte[] token = header.substring(BEARER.length()).strip().getBytes(StandardCharsets.ISO_8859_1);
        try {
            return tokens.verify(token)
                    .map(valid -> new Caller(valid.tenant(), valid.tokenId(), valid.scopes(), call.requestId()));
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

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String type = contentType.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "");
        return type.equals("application/json") || type.equals("application/json;charset=utf-8");
    }

    private static Answer refuse(Problem problem) {
        return Answer.of(problem);
    }
}
