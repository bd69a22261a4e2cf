package io.byok.query.audit.state;

import io.byok.kernel.TokenId;
import io.byok.kernel.access.AccessEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Folds what happened to credentials. */
final class TokensThen {

    private final Map<TokenId, One> tokens = new LinkedHashMap<>();

    private record One(
            @Nullable String name,
            @Nullable TokenId parent,
            List<String> scopes,
            boolean confined,
            @Nullable Instant expiresAt) {

        boolean opens(Instant at) {
            return expiresAt == null || expiresAt.isAfter(at);
        }
    }

    void apply(AccessEvent event) {
        switch (event) {
            case AccessEvent.ApiTokenCreated made ->
                tokens.put(made.token(), new One(made.name(), null, made.scopes(), false, made.expiresAt()));
            case AccessEvent.ApiTokenConfined confined ->
                tokens.computeIfPresent(
                        confined.token(),
                        (_, one) -> new One(one.name(), one.parent(), one.scopes(), true, one.expiresAt()));
            case AccessEvent.ApiTokenRotated _ -> {} // another text, the same rights
            case AccessEvent.WidgetTokenIssued widget ->
                tokens.put(widget.token(), new One(null, widget.parent(), widget.scopes(), true, widget.expiresAt()));
            case AccessEvent.ApiTokenRevoked revoked -> tokens.remove(revoked.token());
        }
    }

    /** A widget token opens nothing once the token that made it does not. */
    List<StateView.Token> at(Instant at) {
        return tokens.entrySet().stream()
                .filter(entry -> entry.getValue().opens(at) && parentOpens(entry.getValue(), at))
                .map(entry -> view(entry.getKey(), entry.getValue()))
                .toList();
    }

    private boolean parentOpens(One one, Instant at) {
        if (one.parent() == null) {
            return true;
        }
        One parent = tokens.get(one.parent());
        return parent != null && parent.opens(at);
    }

    private static StateView.Token view(TokenId id, One one) {
        return new StateView.Token(
                id.text(),
                one.name(),
                one.parent() == null ? null : one.parent().text(),
                one.scopes(),
                one.confined(),
                one.expiresAt());
    }
}
