package io.byok.platform.web.http;

import io.byok.platform.web.ProblemCode;

/** The code for a status that a framework chose. */
final class ByStatus {

    private ByStatus() {}

    static ProblemCode code(int status) {
        return switch (status) {
            case 401 -> ProblemCode.TOKEN_MISSING;
            case 403 -> ProblemCode.SCOPE_MISSING;
            case 404 -> ProblemCode.PATH_UNKNOWN;
            case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
            case 406 -> ProblemCode.NOT_ACCEPTABLE;
            case 408 -> ProblemCode.BODY_TIMEOUT;
            case 413 -> ProblemCode.BODY_TOO_LARGE;
            case 415 -> ProblemCode.MEDIA_TYPE_UNSUPPORTED;
            case 429 -> ProblemCode.RATE_LIMITED;
            case 503 -> ProblemCode.SERVER_BUSY;
            case 501, 505 -> ProblemCode.REQUEST_INVALID; // a coding or a version of HTTP that nobody speaks
            default -> status >= 400 && status < 500 ? ProblemCode.REQUEST_INVALID : ProblemCode.INTERNAL_ERROR;
        };
    }
}
