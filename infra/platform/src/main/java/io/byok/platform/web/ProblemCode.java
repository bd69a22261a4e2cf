package io.byok.platform.web;

/**
 * What can go wrong with a request before a business rule is asked. A code is stable for ever and is what clients switch
 * on; {@code docs/errors.md} is written from this table and from the features' refusals.
 */
public enum ProblemCode {
    REQUEST_INVALID(
            "request-invalid",
            400,
            "The request is not valid HTTP",
            "Check the request line, the path and the headers."),
    ENCODING_INVALID(
            "encoding-invalid",
            400,
            "The text is not valid UTF-8",
            "Encode path, query and body as UTF-8, without U+0000."),
    JSON_MALFORMED("json-malformed", 400, "The body is not JSON", "Mend the JSON at the line and column given."),
    JSON_TOO_COMPLEX(
            "json-too-complex", 400, "The JSON is nested too deep or has too long parts", "Send a simpler document."),
    BODY_MISSING("body-missing", 400, "The body is missing", "Send a JSON document."),
    PARAMETER_INVALID(
            "parameter-invalid", 400, "A parameter is missing or makes no sense", "Mend the parameter that is named."),
    IDEMPOTENCY_KEY_INVALID(
            "idempotency-key-invalid",
            400,
            "The Idempotency-Key cannot be used",
            "Send it once, with 1 to 255 printable ASCII characters."),
    IF_MATCH_INVALID(
            "if-match-invalid", 400, "The If-Match header cannot be used", "Send one ETag as it was given, or *."),
    CURSOR_INVALID("cursor-invalid", 400, "The cursor cannot be used", "Start again from the first page."),
    POSITION_INVALID("position-invalid", 400, "The position cannot be used", "Send a Byok-Position as it was given."),
    TOKEN_MISSING("token-missing", 401, "A token is needed", "Send Authorization: Bearer and an API token."),
    TOKEN_INVALID("token-invalid", 401, "The token opens nothing", "Use a token that is neither expired nor revoked."),
    SCOPE_MISSING("scope-missing", 403, "The token may not do this", "Use a token that has the scope that is named."),
    TOKEN_CONFINED(
            "token-confined",
            403,
            "The token is confined, and this lies outside",
            "Use a token that reaches it; GET /v1/api-tokens shows what each is confined to."),
    NETWORK_REFUSED(
            "network-refused",
            403,
            "The token may not be used from this network",
            "Call from one of the networks that the token names."),
    TENANT_SUSPENDED(
            "tenant-suspended",
            403,
            "The tenant is suspended",
            "Ask whoever runs the server; nothing is lost, and everything works again once it is resumed."),
    PATH_UNKNOWN("path-unknown", 404, "There is nothing at this path", "Look the path up in /openapi.json."),
    METHOD_NOT_ALLOWED(
            "method-not-allowed", 405, "The path does not take this method", "Use a method of the Allow header."),
    NOT_ACCEPTABLE("not-acceptable", 406, "The answer does not come in that form", "Accept application/json."),
    BODY_TIMEOUT("body-timeout", 408, "The body did not arrive in time", "Send the whole body at once."),
    BODY_TOO_LARGE("body-too-large", 413, "The body is too large", "Send less, or in several requests."),
    MEDIA_TYPE_UNSUPPORTED(
            "media-type-unsupported",
            415,
            "The body is not application/json",
            "Send Content-Type: application/json, in UTF-8 and without Content-Encoding."),
    FIELD_UNKNOWN("field-unknown", 422, "A field is not known", "Remove or correct the field that is named."),
    FIELD_MISSING("field-missing", 422, "A field is missing", "Send the field that is named."),
    FIELD_INVALID("field-invalid", 422, "A field has the wrong type or value", "Mend the field that is named."),
    RATE_LIMITED("rate-limited", 429, "Too many requests", "Wait as long as Retry-After says."),
    INTERNAL_ERROR(
            "internal-error", 500, "Something broke on our side", "Report the requestId to whoever runs the server."),
    STORAGE_UNAVAILABLE(
            "storage-unavailable", 503, "The database is away", "Repeat the request after Retry-After seconds."),
    LOG_UNAVAILABLE(
            "log-unavailable",
            503,
            "The event log takes no events now",
            "Repeat the request after Retry-After seconds."),
    KEYS_UNAVAILABLE(
            "keys-unavailable",
            503,
            "The keys that seal and open cannot be reached",
            "Repeat the request after Retry-After seconds."),
    ISSUER_UNAVAILABLE(
            "issuer-unavailable",
            503,
            "The issuer of the token cannot be asked for its keys",
            "Repeat the request after Retry-After seconds, or use an API token."),
    KEYS_RESTING(
            "keys-resting",
            503,
            "The keys that may serve have failed and rest a little",
            "Ask again after Retry-After seconds, or let another key stand in with a chain."),
    AUDIT_UNAVAILABLE(
            "audit-unavailable",
            503,
            "The use could not be recorded, so nothing was handed out",
            "Repeat the request after Retry-After seconds."),
    POSITION_NOT_REACHED(
            "position-not-reached",
            503,
            "The read side has not come that far yet",
            "Repeat the request after Retry-After seconds."),
    SERVER_BUSY("server-busy", 503, "The server is busy", "Repeat the request after Retry-After seconds."),
    NOT_READY("not-ready", 503, "A part of the server is missing", "Wait, or look after the part that is named.");

    private final String code;
    private final int status;
    private final String title;
    private final String advice;

    ProblemCode(String code, int status, String title, String advice) {
        this.code = code;
        this.status = status;
        this.title = title;
        this.advice = advice;
    }

    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String advice() {
        return advice;
    }
}
