package io.byok.command.hold.domain;

import io.byok.kernel.Refusal;

/** Why a command on a legal hold is refused. */
public enum HoldRefusal implements Refusal {
    NOT_FOUND(
            "hold-not-found",
            Kind.NOT_FOUND,
            "There is no such legal hold.",
            "GET /v1/legal-holds lists them; holds of other tenants are never found."),
    USER_UNKNOWN(
            "hold-user-unknown",
            Kind.NOT_FOUND,
            "There is no such user: never named, or erased before.",
            "Check the user id; what is erased cannot be held any more."),
    SAME_ACTOR(
            "hold-same-actor",
            Kind.CONFLICT,
            "Whoever asked for it cannot agree to it.",
            "Have somebody else confirm it, with a token of their own."),
    NOTHING_ASKED(
            "hold-nothing-asked",
            Kind.CONFLICT,
            "Nothing waits for a word here.",
            "GET /v1/legal-holds/{id} shows how the hold stands."),
    NOT_IN_FORCE(
            "hold-not-in-force",
            Kind.CONFLICT,
            "The hold is not in force, or its end is asked for already.",
            "GET /v1/legal-holds/{id} shows how the hold stands.");

    private final Terms terms;

    HoldRefusal(String code, Kind kind, String title, String advice) {
        terms = new Terms(code, kind, title, advice);
    }

    @Override
    public Terms terms() {
        return terms;
    }
}
