package io.byok.platform.web.door;

import io.byok.platform.access.Recognised;
import io.byok.platform.access.TokenVerifier;
import io.byok.platform.access.VerifiedToken;
import io.byok.platform.access.oidc.OidcTokens;
import io.byok.platform.web.Caller;
import io.byok.platform.web.ProblemCode;
import io.byok.platform.web.problem.Problem;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Turns {@code Authorization: Bearer} into a {@link Caller}, on every listener alike. Whoever shows nothing that opens
 * anything learns no more than that: unknown, revoked and expired look the same from outside.
 */
public final class Doorkeeper {

    private static final String SCHEME = "Bearer ";
    private static final int LONGEST = 256;
    private static final String CHALLENGE = "Bearer realm=\"byok\", error=\"invalid_token\"";

    private final TokenVerifier tokens;
    private final DenialListener denials;
    private final Strangers strangers;
    private final @Nullable OidcTokens issuer;

    /** @param issuer absent when JWTs are nobody's */
    public Doorkeeper(TokenVerifier tokens, @Nullable OidcTokens issuer, DenialListener denials, Strangers strangers) {
        this.issuer = issuer;
        this.tokens = tokens;
        this.denials = denials;
        this.strangers = strangers;
    }

    /** Exactly one of the two. */
    public record Entry(@Nullable Caller caller, @Nullable Problem problem) {

        static Entry refused(Problem problem) {
            return new Entry(null, problem);
        }
    }

    /**
     * Never blocks.
     *
     * @param operation as {@link Denial#operation} says it
     * @param presented every {@code Authorization} header there is, at least one
     * @param from where the connection comes from; absent when it is not known
     * @return fails when it cannot be said now, such as while the database is away
     */
    public CompletableFuture<Entry> ask(
            String operation, List<String> presented, @Nullable InetAddress from, String requestId) {
        if (presented.size() != 1 || !presented.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            strangers.seen();
            return CompletableFuture.completedFuture(stranger(requestId));
        }
        String text = presented.getFirst().substring(SCHEME.length()).strip();
        if (issuer != null && OidcTokens.looksLikeOne(text)) {
            return issuer.recogniseLater(text).thenApply(is -> entry(operation, is, from, requestId));
        }
        if (text.length() > LONGEST) {
            strangers.seen();
            return CompletableFuture.completedFuture(stranger(requestId));
        }
        byte[] token = text.getBytes(StandardCharsets.ISO_8859_1); // what is not ASCII becomes no token's character
        try {
            return tokens.recogniseLater(token).thenApply(is -> entry(operation, is, from, requestId));
        } finally {
            Arrays.fill(token, (byte) 0);
        }
    }

    /** To be told of what is refused behind the door, for want of a scope or because the credential is confined. */
    public void refused(Caller caller, String operation, @Nullable String missingScope, @Nullable InetAddress from) {
        Denial.Why why = missingScope == null ? Denial.Why.CONFINED : Denial.Why.SCOPE;
        denials.denied(new Denial(caller.tenant(), caller.token(), why, operation, missingScope, from));
    }

    private Entry entry(String operation, Recognised recognised, @Nullable InetAddress from, String requestId) {
        VerifiedToken token = switch (recognised) {
            case Recognised.Unknown _ -> {
                strangers.seen();
                yield null;
            }
            case Recognised.Over over -> {
                Denial.Why why = switch (over.why()) {
                    case REVOKED -> Denial.Why.REVOKED;
                    case EXPIRED -> Denial.Why.EXPIRED;
                };
                denials.denied(denial(over.token(), why, operation, from));
                yield null;
            }
            case Recognised.Opens opens -> opens.token();
        };
        if (token == null) {
            return stranger(requestId);
        }
        if (token.suspended()) {
            denials.denied(denial(token, Denial.Why.SUSPENDED, operation, from));
            return Entry.refused(Problem.of(ProblemCode.TENANT_SUSPENDED, requestId));
        }
        if (!token.mayComeFrom(from)) {
            denials.denied(denial(token, Denial.Why.NETWORK, operation, from));
            return Entry.refused(Problem.of(ProblemCode.NETWORK_REFUSED, requestId));
        }
        return new Entry(
                new Caller(token.tenant(), token.tokenId(), token.scopes(), token.within(), token.person(), requestId),
                null);
    }

    private static Denial denial(VerifiedToken token, Denial.Why why, String operation, @Nullable InetAddress from) {
        return new Denial(token.tenant(), token.tokenId(), why, operation, null, from);
    }

    private static Entry stranger(String requestId) {
        return Entry.refused(Problem.of(ProblemCode.TOKEN_INVALID, requestId).with("WWW-Authenticate", CHALLENGE));
    }
}
