package io.byok.command.access.domain;

import io.byok.command.access.domain.ApiTokenCommand.CreateApiToken;
import io.byok.command.access.domain.ApiTokenCommand.IssueWidgetToken;
import io.byok.command.access.domain.ApiTokenCommand.RevokeApiToken;
import io.byok.command.access.domain.ApiTokenCommand.RotateApiToken;
import io.byok.kernel.Decider;
import io.byok.kernel.Rejection;
import io.byok.kernel.access.AccessEvent;
import io.byok.kernel.access.AccessEvent.ApiTokenConfined;
import io.byok.kernel.access.AccessEvent.ApiTokenCreated;
import io.byok.kernel.access.AccessEvent.ApiTokenRevoked;
import io.byok.kernel.access.AccessEvent.ApiTokenRotated;
import io.byok.kernel.access.AccessEvent.WidgetTokenIssued;
import io.byok.kernel.access.Confinement;
import java.time.Instant;
import java.util.List;

/** The rules of an API token's life: made once, rotated while it opens anything, revoked for ever. */
public final class ApiTokenDecider implements Decider<ApiTokenCommand, ApiToken, AccessEvent> {

    @Override
    public ApiToken initial() {
        return new ApiToken.Absent();
    }

    @Override
    public List<AccessEvent> decide(ApiToken state, ApiTokenCommand command) {
        return switch (command) {
            case CreateApiToken create -> create(state, create);
            case IssueWidgetToken issue -> issue(state, issue);
            case RotateApiToken rotate ->
                switch (state) {
                    case ApiToken.Absent _, ApiToken.Widget _ -> throw Rejection.of(ApiTokenRefusal.NOT_FOUND);
                    case ApiToken.Revoked _ -> throw Rejection.of(ApiTokenRefusal.OVER);
                    case ApiToken.Valid valid -> rotate(valid.facts(), rotate);
                };
            case RevokeApiToken revoke ->
                switch (state) {
                    case ApiToken.Absent _, ApiToken.Widget _ -> throw Rejection.of(ApiTokenRefusal.NOT_FOUND);
                    case ApiToken.Valid _ -> List.of(new ApiTokenRevoked(revoke.token(), revoke.reason(), revoke.at()));
                    case ApiToken.Revoked _ -> List.of();
                };
        };
    }

    private static List<AccessEvent> create(ApiToken state, CreateApiToken create) {
        if (!(state instanceof ApiToken.Absent)) {
            throw new IllegalStateException("token ids are random; this one was given twice");
        }
        if (create.expiresAt() != null && !create.expiresAt().isAfter(create.at())) {
            throw Rejection.of(ApiTokenRefusal.EXPIRES_IN_PAST);
        }
        ApiTokenCreated created = new ApiTokenCreated(
                create.token(),
                create.name(),
                create.scopes().stream().distinct().sorted().toList(),
                create.mask(),
                create.expiresAt(),
                create.at());
        return create.within().confinesNothing()
                ? List.of(created)
                : List.of(created, new ApiTokenConfined(create.token(), create.within(), create.at()));
    }

    private static List<AccessEvent> issue(ApiToken state, IssueWidgetToken issue) {
        if (!(state instanceof ApiToken.Absent)) {
            throw new IllegalStateException("token ids are random; this one was given twice");
        }
        return List.of(new WidgetTokenIssued(
                issue.token(),
                issue.parent(),
                issue.user(),
                issue.scopes().stream().distinct().sorted().toList(),
                issue.expiresAt(),
                issue.at()));
    }

    /** A rotation prolongs nothing: what has expired stays so, and the text before ends no later than the token. */
    private static List<AccessEvent> rotate(ApiToken.Facts facts, RotateApiToken rotate) {
        Instant expiresAt = facts.expiresAt();
        if (expiresAt != null && !expiresAt.isAfter(rotate.at())) {
            throw Rejection.of(ApiTokenRefusal.OVER);
        }
        Instant until = rotate.overlap().isZero() ? null : rotate.at().plus(rotate.overlap());
        if (until != null && expiresAt != null && expiresAt.isBefore(until)) {
            until = expiresAt;
        }
        return List.of(new ApiTokenRotated(rotate.token(), rotate.mask(), until, rotate.at()));
    }

    @Override
    public ApiToken evolve(ApiToken state, AccessEvent event) {
        return switch (event) {
            case ApiTokenCreated created
            when state instanceof ApiToken.Absent ->
                new ApiToken.Valid(new ApiToken.Facts(
                        created.token(),
                        created.name(),
                        created.scopes(),
                        created.mask(),
                        created.expiresAt(),
                        Confinement.NONE,
                        created.at(),
                        null));
            case WidgetTokenIssued issued
            when state instanceof ApiToken.Absent ->
                new ApiToken.Widget(issued.token(), issued.parent(), issued.expiresAt());
            case ApiTokenConfined confined
            when state instanceof ApiToken.Valid valid ->
                new ApiToken.Valid(valid.facts().within(confined.within()));
            case ApiTokenRotated rotated
            when state instanceof ApiToken.Valid valid ->
                new ApiToken.Valid(valid.facts().rotated(rotated.mask(), rotated.previousUntil()));
            case ApiTokenRevoked revoked
            when state instanceof ApiToken.Valid valid -> new ApiToken.Revoked(valid.facts(), revoked.at());
            case ApiTokenCreated _, ApiTokenConfined _, ApiTokenRotated _, WidgetTokenIssued _, ApiTokenRevoked _ ->
                throw new IllegalStateException(event.getClass().getSimpleName() + " cannot follow "
                        + state.getClass().getSimpleName());
        };
    }
}
