package io.byok.command.access;

import io.byok.command.access.domain.ApiToken;
import io.byok.command.access.domain.ApiTokenCommand;
import io.byok.command.access.domain.ApiTokenCommand.CreateApiToken;
import io.byok.command.access.domain.ApiTokenCommand.IssueWidgetToken;
import io.byok.command.access.domain.ApiTokenCommand.RevokeApiToken;
import io.byok.command.access.domain.ApiTokenCommand.RotateApiToken;
import io.byok.command.bus.Commands;
import io.byok.command.bus.Ids;
import io.byok.command.bus.Order;
import io.byok.command.bus.Receipt;
import io.byok.command.head.IdempotencyRecord;
import io.byok.command.head.IdempotencyRecords;
import io.byok.command.store.Row;
import io.byok.kernel.Provenance;
import io.byok.kernel.StreamId;
import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.kernel.access.Confinement;
import io.byok.platform.access.TokenHasher;
import io.byok.platform.access.WidgetTokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes and revokes API tokens. A token's text exists once, in the answer to whoever made it. */
public final class ApiTokens {

    private final Commands commands;
    private final IdempotencyRecords idempotency;
    private final TokenHasher hasher;
    private final Ids ids;
    private final Clock clock;
    private final ApiTokenList list;
    private final ApiTokenRows rows = new ApiTokenRows();

    ApiTokens(
            Commands commands,
            IdempotencyRecords idempotency,
            TokenHasher hasher,
            ApiTokenList list,
            Ids ids,
            Clock clock) {
        this.commands = commands;
        this.idempotency = idempotency;
        this.hasher = hasher;
        this.list = list;
        this.ids = ids;
        this.clock = clock;
    }

    /** Whether a tenant has a token, valid or not. */
    public boolean any(TenantId tenant) {
        return !list.after(tenant, null, 1, clock.instant()).isEmpty();
    }

    /**
     * Makes a token known.
     *
     * @param text the token itself: only its keyed hash is kept
     */
    public Receipt<ApiToken> create(
            NewToken text,
            TenantId tenant,
            String name,
            Collection<String> scopes,
            @Nullable Instant expiresAt,
            Confinement within,
            Provenance by,
            Optional<IdempotencyRecord> remember) {
        TokenId token = ids.token();
        CreateApiToken command =
                new CreateApiToken(token, name, List.copyOf(scopes), text.mask(), expiresAt, within, now());
        return send(
                tenant,
                command,
                by,
                token,
                remember,
                new ApiTokenRows.Change.Made(
                        hasher.hash(text.bytes()),
                        token,
                        tenant,
                        name,
                        text.mask(),
                        command.scopes().stream().distinct().sorted().toList(),
                        command.at(),
                        expiresAt,
                        within));
    }

    /**
     * Gives a token another text. Whoever presents the one before gets in until the overlap ends, on every node, and not
     * a second longer than any other revocation takes.
     *
     * @param text the new text: only its keyed hash is kept
     */
    public Receipt<ApiToken> rotate(
            NewToken text,
            TenantId tenant,
            TokenId token,
            Duration overlap,
            Provenance by,
            Optional<IdempotencyRecord> remember) {
        byte[] hash = hasher.hash(text.bytes());
        RotateApiToken command = new RotateApiToken(token, text.mask(), overlap, now());
        return send(tenant, command, by, token, remember, state -> {
            ApiToken.Facts facts = ((ApiToken.Valid) state).facts();
            return new ApiTokenRows.Change.Rotated(token, hash, facts.mask(), facts.previousUntil());
        });
    }

    /** Puts into the trail that a browser's token was made; the token itself is stored nowhere. */
    public Receipt<ApiToken> issued(WidgetTokens.Claims claims, Instant at, Provenance by) {
        IssueWidgetToken command = new IssueWidgetToken(
                claims.token(), claims.parent(), claims.user(), List.copyOf(claims.scopes()), claims.expiresAt(), at);
        return commands.send(new Order<>(
                ApiTokenCommand.class, command, StreamId.of(claims.token()), claims.tenant(), null, by, null));
    }

    /** From the commit on, the token opens nothing on any node within a second. */
    public Receipt<ApiToken> revoke(TenantId tenant, TokenId token, Provenance by) {
        RevokeApiToken command = new RevokeApiToken(token, null, now());
        return send(tenant, command, by, token, Optional.empty(), new ApiTokenRows.Change.Revoked(token, command.at()));
    }

    private Receipt<ApiToken> send(
            TenantId tenant,
            ApiTokenCommand command,
            Provenance by,
            TokenId token,
            Optional<IdempotencyRecord> remember,
            ApiTokenRows.Change change) {
        return send(tenant, command, by, token, remember, state -> change);
    }

    private Receipt<ApiToken> send(
            TenantId tenant,
            ApiTokenCommand command,
            Provenance by,
            TokenId token,
            Optional<IdempotencyRecord> remember,
            Function<ApiToken, ApiTokenRows.Change> change) {
        return commands.send(
                new Order<>(ApiTokenCommand.class, command, StreamId.of(token), tenant, null, by, null), decided -> {
                    List<Row<?>> alongside = new ArrayList<>();
                    remember.ifPresent(record -> alongside.add(
                            new Row<>(idempotency, record.showing(StreamId.of(token), decided.version()))));
                    if (decided.changed()) {
                        alongside.add(new Row<>(rows, change.apply(decided.state())));
                    }
                    return alongside;
                });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
