package io.byok.command.key.domain;

import io.byok.kernel.Refusal;

/** Why a command on a key is refused. */
public enum KeyRefusal implements Refusal {
    EXISTS(
            "key-exists",
            Kind.CONFLICT,
            "A key with this id exists.",
            "Repeat the request; ids are made by the server."),
    REVOKED(
            "key-revoked",
            Kind.CONFLICT,
            "The key is revoked, for ever.",
            "Add a new key; a revoked one can only be deleted."),
    DELETED("key-deleted", Kind.CONFLICT, "The key is deleted and its credential destroyed.", "Add a new key."),
    OVERLAP_TOO_LONG(
            "overlap-invalid",
            Kind.INVALID,
            "The overlap is negative or longer than 90 days.",
            "Send an ISO 8601 duration from PT0S to P90D."),
    EXPIRES_IN_PAST(
            "key-expiry-in-past",
            Kind.INVALID,
            "The key would be expired already.",
            "Send an expiresAt in the future, or none."),
    CREDENTIAL_INVALID(
            "credential-invalid",
            Kind.INVALID,
            "The credential does not have the form that the provider needs.",
            "Mend the fields that are named; GET /v1/providers describes them."),
    CREDENTIAL_REJECTED(
            "credential-rejected",
            Kind.INVALID,
            "The provider refuses the credential; nothing was stored.",
            "Check the credential with its provider, or send validate=never to store it all the same."),
    USER_ID_INVALID(
            "user-id-invalid",
            Kind.INVALID,
            "The user id cannot be used.",
            "Use your own id of the user, 1 to 255 characters without control characters, URL-encoded.");

    private final Terms terms;

    KeyRefusal(String code, Kind kind, String title, String advice) {
        terms = new Terms(code, kind, title, advice);
    }

    @Override
    public Terms terms() {
        return terms;
    }
}
