package io.byok.command.access.domain;

import io.byok.command.access.domain.ApiTokenCommand.CreateApiToken;
import io.byok.command.access.domain.ApiTokenCommand.RevokeApiToken;
import io.byok.kernel.Decider;
import io.byok.kernel.Rejection;
import io.byok.kernel.access.AccessEvent;
import io.byok.kernel.access.AccessEvent.ApiTokenCreated;
import io.byok.kernel.access.AccessEvent.ApiTokenRevoked;
import java.util.List;

/** The rules of an API token's life: made once, revoked for ever. */
public final class ApiTokenDecider implements Decider<ApiTokenCommand, ApiToken, AccessEvent> {

    @Override
    public ApiToken initial() {
        return new ApiToken.Absent();
    }

    @Override
    public List<AccessEvent> decide(ApiToken state, ApiTokenCommand command) {
        return switch (command) {
            case CreateApiToken create -> create(state, create);
            case RevokeApiToken revoke ->
                switch (state) {
                    case ApiToken.Absent _ -> throw Rejection.of(ApiTokenRefusal.NOT_FOUND);
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
        return List.of(new ApiTokenCreated(
                create.token(),
                create.name(),
                create.scopes().stream().distinct().sorted().toList(),
                create.mask(),
                create.expiresAt(),
                create.at()));
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
                        created.at()));
            case ApiTokenRevoked revoked
            when state instanceof ApiToken.Valid valid -> new ApiToken.Revoked(valid.facts(), revoked.at());
            case ApiTokenCreated _, ApiTokenRevoked _ ->
                throw new IllegalStateException(event.getClass().getSimpleName() + " cannot follow "
                        + state.getClass().getSimpleName());
        };
    }
}
