package io.byok.command.access;

import io.byok.command.access.domain.ApiToken;
import io.byok.command.access.domain.ApiTokenRefusal;
import io.byok.command.bus.Receipt;
import io.byok.command.head.IdempotencyRecord;
import io.byok.command.http.CommandAnswer;
import io.byok.command.http.Once;
import io.byok.kernel.Rejection;
import io.byok.kernel.TokenId;
import io.byok.platform.web.Answers;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.Caller;
import io.byok.platform.web.FieldProblem;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.Scopes;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** API tokens of the caller's tenant over HTTP. */
@RestController
public class ApiTokenController {

    private static final int LONGEST_NAME = 100;

    private final ApiTokens tokens;
    private final ApiTokenList list;
    private final Once once;
    private final Clock clock;

    ApiTokenController(ApiTokens tokens, ApiTokenList list, Once once, Clock clock) {
        this.tokens = tokens;
        this.list = list;
        this.once = once;
        this.clock = clock;
    }

    /** What is asked for. */
    public record ApiTokenBody(
            String name, List<String> scopes, @Nullable Instant expiresAt) {}

    /**
     * A token as its maker sees it.
     *
     * @param token the text itself, in the first answer only; a repeat of the request cannot show it again
     */
    public record MadeBody(
            TokenId id,
            String name,
            String mask,
            List<String> scopes,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable String token) {

        @Override
        public String toString() {
            return "MadeBody[" + id + "]";
        }
    }

    /** A page of tokens. */
    record Page(List<ApiTokenList.Listed> data, @Nullable String nextCursor) {}

    @PostMapping("/v1/api-tokens")
    @Answers(value = 201, body = MadeBody.class, once = true, etag = true)
    @RequiresScope(Scopes.TOKENS_WRITE)
    public ResponseEntity<Object> create(Caller caller, HttpServletRequest request, @RequestBody ApiTokenBody body) {
        check(caller, body);
        return once.run(
                caller,
                request,
                remember -> {
                    Instant expiresAt =
                            body.expiresAt() == null ? null : body.expiresAt().truncatedTo(ChronoUnit.MICROS);
                    NewToken text = NewToken.make();
                    Receipt<ApiToken> receipt = tokens.create(
                            text,
                            caller.tenant(),
                            body.name(),
                            body.scopes(),
                            expiresAt,
                            caller.provenance(),
                            remember);
                    ApiToken.Facts facts = ((ApiToken.Valid) receipt.state()).facts();
                    MadeBody answer = new MadeBody(
                            facts.id(),
                            facts.name(),
                            facts.mask(),
                            facts.scopes(),
                            facts.createdAt(),
                            facts.expiresAt(),
                            text.exposeOnce());
                    return created(answer, receipt.version(), receipt.position());
                },
                again -> again(caller, again));
    }

    private void check(Caller caller, ApiTokenBody body) {
        List<FieldProblem> problems = new ArrayList<>();
        if (body.name().isBlank() || body.name().length() > LONGEST_NAME) {
            problems.add(new FieldProblem("/name", "A name has 1 to " + LONGEST_NAME + " characters."));
        }
        if (body.scopes().isEmpty()) {
            problems.add(new FieldProblem("/scopes", "A token needs at least one scope."));
        }
        for (int i = 0; i < body.scopes().size(); i++) {
            if (!Scopes.ALL.contains(body.scopes().get(i))) {
                problems.add(new FieldProblem("/scopes/" + i, "There is no such scope."));
            }
        }
        if (!problems.isEmpty()) {
            throw new BadRequest("field-invalid", problems);
        }
        List<String> missing =
                body.scopes().stream().filter(scope -> !caller.may(scope)).toList();
        if (!missing.isEmpty()) {
            throw new Rejection(
                    ApiTokenRefusal.SCOPE_NOT_YOURS, "Your token lacks " + String.join(", ", missing) + ".");
        }
    }

    @GetMapping("/v1/api-tokens")
    @RequiresScope(Scopes.TOKENS_WRITE)
    public Page list(Caller caller) {
        return new Page(list.of(caller.tenant(), clock.instant()), null);
    }

    @DeleteMapping("/v1/api-tokens/{tokenId}")
    @Answers(204)
    @RequiresScope(Scopes.TOKENS_WRITE)
    public ResponseEntity<Object> revoke(Caller caller, @PathVariable String tokenId) {
        TokenId token = TokenId.parse(tokenId)
                .filter(id -> list.find(caller.tenant(), id, clock.instant()).isPresent())
                .orElseThrow(() -> Rejection.of(ApiTokenRefusal.NOT_FOUND));
        Receipt<ApiToken> receipt = tokens.revoke(caller.tenant(), token, caller.provenance());
        return CommandAnswer.noContent(receipt.version(), receipt.position()).entity();
    }

    private CommandAnswer again(Caller caller, IdempotencyRecord remembered) {
        TokenId token = new TokenId(remembered.stream().value());
        ApiTokenList.Listed listed = Optional.of(token)
                .flatMap(id -> list.find(caller.tenant(), id, clock.instant()))
                .orElseThrow(() -> Rejection.of(ApiTokenRefusal.NOT_FOUND));
        MadeBody answer = new MadeBody(
                listed.id(),
                listed.name(),
                listed.mask(),
                listed.scopes(),
                listed.createdAt(),
                listed.expiresAt(),
                null);
        return created(answer, remembered.sequence(), remembered.position());
    }

    private static CommandAnswer created(MadeBody answer, long version, long position) {
        return CommandAnswer.created(URI.create("/v1/api-tokens/" + answer.id()), version, position, answer);
    }
}
