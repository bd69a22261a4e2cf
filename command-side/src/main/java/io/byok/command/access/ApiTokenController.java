package io.byok.command.access;

import io.byok.command.access.ApiTokenIntake.ApiTokenBody;
import io.byok.command.access.ApiTokenIntake.RotateBody;
import io.byok.command.access.domain.ApiToken;
import io.byok.command.access.domain.ApiTokenRefusal;
import io.byok.command.bus.Receipt;
import io.byok.command.head.IdempotencyRecord;
import io.byok.command.http.CommandAnswer;
import io.byok.command.http.Once;
import io.byok.kernel.Rejection;
import io.byok.kernel.TokenId;
import io.byok.kernel.access.Confinement;
import io.byok.platform.web.Answers;
import io.byok.platform.web.Caller;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.Scopes;
import io.byok.platform.web.page.Cursors;
import io.byok.platform.web.page.Page;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** API tokens of the caller's tenant over HTTP. */
@RestController
public class ApiTokenController {

    private final ApiTokens tokens;
    private final ApiTokenList list;
    private final ApiTokenIntake intake;
    private final Cursors cursors;
    private final Once once;
    private final Clock clock;

    ApiTokenController(
            ApiTokens tokens, ApiTokenList list, ApiTokenIntake intake, Cursors cursors, Once once, Clock clock) {
        this.cursors = cursors;
        this.tokens = tokens;
        this.list = list;
        this.intake = intake;
        this.once = once;
        this.clock = clock;
    }

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
            @Nullable Instant previousUntil,
            Confinement restrictedTo,
            @Nullable String token) {

        @Override
        public String toString() {
            return "MadeBody[" + id + "]";
        }
    }

    @PostMapping("/v1/api-tokens")
    @Answers(value = 201, body = MadeBody.class, once = true, etag = true)
    @RequiresScope(Scopes.TOKENS_WRITE)
    public ResponseEntity<Object> create(Caller caller, HttpServletRequest request, @RequestBody ApiTokenBody body) {
        Confinement within = intake.check(caller, body);
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
                            within,
                            caller.provenance(),
                            remember);
                    return created(shown(receipt, text), receipt.version(), receipt.position());
                },
                again -> created(shownAgain(caller, again), again.sequence(), again.position()));
    }

    /**
     * Gives a token another text, with the same rights. Whoever asks must hold all that the token may do: otherwise this
     * would be a way to somebody else's rights.
     */
    @PostMapping("/v1/api-tokens/{tokenId}/rotate")
    @Answers(
            body = MadeBody.class,
            once = true,
            etag = true,
            problems = {404, 409})
    @RequiresScope(Scopes.TOKENS_WRITE)
    public ResponseEntity<Object> rotate(
            Caller caller,
            HttpServletRequest request,
            @PathVariable String tokenId,
            @RequestBody(required = false) @Nullable RotateBody body) {
        ApiTokenList.ListedToken token = find(caller, tokenId);
        ApiTokenIntake.mayGive(caller, token.scopes(), token.restrictedTo());
        Duration overlap = ApiTokenIntake.overlap(body);
        return once.run(
                caller,
                request,
                remember -> {
                    NewToken text = NewToken.make();
                    Receipt<ApiToken> receipt =
                            tokens.rotate(text, caller.tenant(), token.id(), overlap, caller.provenance(), remember);
                    return CommandAnswer.ok(receipt.version(), receipt.position(), shown(receipt, text));
                },
                again -> CommandAnswer.ok(again.sequence(), again.position(), shownAgain(caller, again)));
    }

    @GetMapping("/v1/api-tokens")
    @RequiresScope(Scopes.TOKENS_WRITE)
    public Page<ApiTokenList.ListedToken> list(
            Caller caller, @RequestParam @Nullable String limit, @RequestParam @Nullable String cursor) {
        Instant now = clock.instant();
        return cursors.page(
                new Cursors.Scope(caller.tenant(), "api-tokens", List.of()),
                limit,
                cursor,
                (last, most) -> list.after(caller.tenant(), last == null ? null : new TokenId(last), most, now),
                token -> token.id().value());
    }

    @GetMapping("/v1/api-tokens/{tokenId}")
    @RequiresScope(Scopes.TOKENS_WRITE)
    public ApiTokenList.ListedToken one(Caller caller, @PathVariable String tokenId) {
        return find(caller, tokenId);
    }

    @DeleteMapping("/v1/api-tokens/{tokenId}")
    @Answers(204)
    @RequiresScope(Scopes.TOKENS_WRITE)
    public ResponseEntity<Object> revoke(Caller caller, @PathVariable String tokenId) {
        TokenId token = find(caller, tokenId).id();
        Receipt<ApiToken> receipt = tokens.revoke(caller.tenant(), token, caller.provenance());
        return CommandAnswer.noContent(receipt.version(), receipt.position()).entity();
    }

    private ApiTokenList.ListedToken find(Caller caller, String tokenId) {
        return TokenId.parse(tokenId)
                .flatMap(id -> list.find(caller.tenant(), id, clock.instant()))
                .orElseThrow(() -> Rejection.of(ApiTokenRefusal.NOT_FOUND));
    }

    private static MadeBody shown(Receipt<ApiToken> receipt, NewToken text) {
        ApiToken.Facts facts = ((ApiToken.Valid) receipt.state()).facts();
        return new MadeBody(
                facts.id(),
                facts.name(),
                facts.mask(),
                facts.scopes(),
                facts.createdAt(),
                facts.expiresAt(),
                facts.previousUntil(),
                facts.within(),
                text.exposeOnce());
    }

    private MadeBody shownAgain(Caller caller, IdempotencyRecord remembered) {
        ApiTokenList.ListedToken listed =
                find(caller, new TokenId(remembered.stream().value()).text());
        return new MadeBody(
                listed.id(),
                listed.name(),
                listed.mask(),
                listed.scopes(),
                listed.createdAt(),
                listed.expiresAt(),
                listed.previousUntil(),
                listed.restrictedTo(),
                null);
    }

    private static CommandAnswer created(MadeBody answer, long version, long position) {
        return CommandAnswer.created(URI.create("/v1/api-tokens/" + answer.id()), version, position, answer);
    }
}
