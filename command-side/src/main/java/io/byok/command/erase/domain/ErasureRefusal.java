package io.byok.command.erase.domain;

import io.byok.kernel.Refusal;

/** Why an erasure is not begun or not shown. */
public enum ErasureRefusal implements Refusal {
    USER_UNKNOWN(
            "user-unknown",
            Kind.NOT_FOUND,
            "There is no such user: never named, or erased before.",
            "Nothing of them is here. Past erasures are at GET /v1/erasures, by their random ids."),
    NOT_FOUND(
            "erasure-not-found",
            Kind.NOT_FOUND,
            "There is no such erasure.",
            "Check the id; erasures of other tenants are never found."),
    LEGAL_HOLD(
            "legal-hold",
            Kind.CONFLICT,
            "A legal hold forbids erasing this user.",
            "GET /v1/legal-holds shows the holds; ask again when the one that stands in the way was lifted by two."),
    NOT_OVER(
            "erasure-not-over",
            Kind.CONFLICT,
            "The erasure is not over, so there is no certificate yet.",
            "Ask again; GET /v1/erasures/{id} names the stores that it waits for.");

    private final Terms terms;

    ErasureRefusal(String code, Kind kind, String title, String advice) {
        terms = new Terms(code, kind, title, advice);
    }

    @Override
    public Terms terms() {
        return terms;
    }
}
