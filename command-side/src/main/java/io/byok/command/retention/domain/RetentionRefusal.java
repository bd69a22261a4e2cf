package io.byok.command.retention.domain;

import io.byok.kernel.Refusal;

/** Why a command on a tenant's retention is refused. */
public enum RetentionRefusal implements Refusal {
    TOO_SHORT(
            "retention-too-short",
            Kind.CONFLICT,
            "The operator keeps records longer than that.",
            "Ask for at least as many days as GET /v1/retention shows as leastDays."),
    NO_POLICY(
            "retention-no-policy",
            Kind.CONFLICT,
            "There is no policy, or it does not apply yet.",
            "Set one with PUT /v1/retention; it applies at its appliesAt."),
    NOT_DUE(
            "retention-not-due",
            Kind.CONFLICT,
            "The year is not so long over.",
            "GET /v1/retention/simulation shows when each year is due."),
    HELD(
            "retention-held",
            Kind.CONFLICT,
            "A legal hold protects something of this year.",
            "GET /v1/legal-holds shows the holds.");

    private final Terms terms;

    RetentionRefusal(String code, Kind kind, String title, String advice) {
        terms = new Terms(code, kind, title, advice);
    }

    @Override
    public Terms terms() {
        return terms;
    }
}
