package io.byok.command.access.domain;

import io.byok.kernel.Refusal;

/** Why a command on an API token is refused. */
public enum ApiTokenRefusal implements Refusal {
    NOT_FOUND(
            "api-token-not-found",
            Kind.NOT_FOUND,
            "There is no such API token.",
            "GET /v1/api-tokens lists the tokens of your tenant."),
    OVER(
            "api-token-over",
            Kind.CONFLICT,
            "The API token is revoked or expired.",
            "Make a new one: what is over stays over."),
    EXPIRES_IN_PAST(
            "token-expiry-in-past",
            Kind.INVALID,
            "The token would be expired already.",
            "Send an expiresAt in the future, or none."),
    SCOPE_NOT_YOURS(
            "scope-not-yours",
            Kind.INVALID,
            "A token cannot give what its maker may not do.",
            "Ask for scopes that your own token holds."),
    WIDGET_NEEDS_TOKEN(
            "widget-needs-token",
            Kind.INVALID,
            "Only an API token can make a widget token: it ends with that one.",
            "Use an API token of your tenant, not a JWT."),
    REACH_NOT_YOURS(
            "reach-not-yours",
            Kind.INVALID,
            "A token cannot reach what its maker may not.",
            "Name networks of your own token's, or use a token that may be presented from anywhere.");

    private final Terms terms;

    ApiTokenRefusal(String code, Kind kind, String title, String advice) {
        terms = new Terms(code, kind, title, advice);
    }

    @Override
    public Terms terms() {
        return terms;
    }
}
