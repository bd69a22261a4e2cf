package io.byok.platform.web;

import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Thrown for a request that cannot be taken, whoever sends it. It has no stack trace: it is an answer, not a fault. The
 * code must be in the table of problems (a {@link ProblemCode} or a feature's refusal), which also knows the status:
 * 400 for what cannot be read, 422 for what was read and makes no sense. Messages never hold what was sent.
 */
public final class BadRequest extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient List<FieldProblem> fields;

    /** One field of the body. */
    public BadRequest(String code, String pointer, String message) {
        this(code, List.of(new FieldProblem(pointer, message)));
    }

    /** Many fields of the body, in the order in which they are to be shown. */
    public BadRequest(String code, List<FieldProblem> fields) {
        super(null, null, false, false);
        this.code = code;
        this.fields = List.copyOf(fields);
    }

    /** Something that is no field of the body: a header, a parameter, the body as a whole. */
    public BadRequest(String code, String detail) {
        super(detail, null, false, false);
        this.code = code;
        this.fields = List.of();
    }

    public BadRequest(ProblemCode code, String detail) {
        this(code.code(), detail);
    }

    /** One field whose value makes no sense (422). */
    public static BadRequest field(String pointer, String message) {
        return new BadRequest(ProblemCode.FIELD_INVALID.code(), pointer, message);
    }

    public String code() {
        return code;
    }

    public List<FieldProblem> fields() {
        return fields;
    }

    /** What is wrong when it is not about fields, absent when the fields say it all. */
    public @Nullable String detail() {
        return getMessage();
    }
}
