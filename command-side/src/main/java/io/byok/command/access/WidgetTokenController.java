package io.byok.command.access;

import io.byok.command.access.domain.ApiToken;
import io.byok.command.access.domain.ApiTokenRefusal;
import io.byok.command.bus.Ids;
import io.byok.command.bus.Receipt;
import io.byok.command.head.SubjectDirectory;
import io.byok.command.http.CommandAnswer;
import io.byok.kernel.Rejection;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TokenId;
import io.byok.kernel.access.Confinement;
import io.byok.platform.access.WidgetTokens;
import io.byok.platform.web.Answers;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.Caller;
import io.byok.platform.web.Confines;
import io.byok.platform.web.FieldProblem;
import io.byok.platform.web.RequiresScope;
import io.byok.platform.web.Scopes;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Makes tokens for browsers. Each is made anew: a repeat of the request gives another, and both end by themselves. The
 * answer goes out once the making is in the log.
 */
@RestController
public class WidgetTokenController {

    private static final Duration USUAL = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int LONGEST_USER_ID = 255;

    private final WidgetTokens widgets;
    private final ApiTokens tokens;
    private final SubjectDirectory subjects;
    private final Ids ids;
    private final Clock clock;

    WidgetTokenController(WidgetTokens widgets, ApiTokens tokens, SubjectDirectory subjects, Ids ids, Clock clock) {
        this.widgets = widgets;
        this.tokens = tokens;
        this.subjects = subjects;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param ttl an ISO 8601 duration from PT1S to PT1H, PT10M when absent */
    public record WidgetTokenBody(
            String userId, List<String> scopes, @Nullable String ttl) {}

    /** @param token the text itself, which is stored nowhere */
    public record IssuedBody(TokenId id, String userId, List<String> scopes, Instant expiresAt, String token) {

        @Override
        public String toString() {
            return "IssuedBody[" + id + "]";
        }
    }

    @PostMapping("/v1/widget-tokens")
    @Answers(value = 201, body = IssuedBody.class, etag = true)
    @Confines
    @RequiresScope(Scopes.TOKENS_WRITE)
    public ResponseEntity<Object> issue(Caller caller, @RequestBody WidgetTokenBody body) {
        Duration ttl = check(body);
        if (caller.person() != null) {
            throw Rejection.of(ApiTokenRefusal.WIDGET_NEEDS_TOKEN);
        }
        // Of the networks of a server's token nothing follows for a browser; of its users and providers it does.
        ApiTokenIntake.mayGive(
                caller,
                body.scopes(),
                new Confinement(List.of(), List.of(), caller.within().networks()));
        subjects.mustReach(caller, body.userId());
        SubjectId user = subjects.findOrRegister(caller.tenant(), body.userId(), caller.provenance());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        WidgetTokens.Claims claims = new WidgetTokens.Claims(
                caller.tenant(),
                ids.token(),
                caller.token(),
                user,
                Set.copyOf(body.scopes()),
                now.plus(ttl).truncatedTo(ChronoUnit.SECONDS));
        Receipt<ApiToken> receipt = tokens.issued(claims, now, caller.provenance());
        IssuedBody answer = new IssuedBody(
                claims.token(),
                body.userId(),
                claims.scopes().stream().sorted().toList(),
                claims.expiresAt(),
                new String(widgets.make(claims), StandardCharsets.US_ASCII));
        return CommandAnswer.created(receipt.version(), receipt.position(), answer)
                .entity();
    }

    private static Duration check(WidgetTokenBody body) {
        List<FieldProblem> problems = new ArrayList<>();
        if (body.userId().isBlank()
                || body.userId().length() > LONGEST_USER_ID
                || body.userId().chars().anyMatch(Character::isISOControl)) {
            problems.add(new FieldProblem(
                    "/userId", "1 to " + LONGEST_USER_ID + " characters, none of them a control character."));
        }
        if (body.scopes().isEmpty()) {
            problems.add(new FieldProblem("/scopes", "A token needs at least one scope."));
        }
        for (int i = 0; i < body.scopes().size(); i++) {
            if (!WidgetTokens.SCOPES.contains(body.scopes().get(i))) {
                problems.add(new FieldProblem(
                        "/scopes/" + i, "A widget may hold " + String.join(", ", WidgetTokens.SCOPES) + "."));
            }
        }
        Duration ttl = ttl(body.ttl(), problems);
        if (!problems.isEmpty()) {
            throw new BadRequest("field-invalid", problems);
        }
        return ttl;
    }

    private static Duration ttl(@Nullable String text, List<FieldProblem> problems) {
        if (text == null) {
            return USUAL;
        }
        try {
            Duration ttl = Duration.parse(text);
            if (ttl.compareTo(Duration.ofSeconds(1)) >= 0 && ttl.compareTo(LONGEST) <= 0) {
                return ttl;
            }
        } catch (DateTimeParseException noDuration) {
            // said below
        }
        problems.add(new FieldProblem("/ttl", "An ISO 8601 duration from PT1S to PT1H, such as PT10M."));
        return USUAL;
    }
}
