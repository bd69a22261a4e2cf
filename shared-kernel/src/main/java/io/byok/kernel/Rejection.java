package io.byok.kernel;

import java.io.Serial;

/**
 * Thrown when a business rule refuses a command. Carries a {@link Refusal} and a sentence for people; never a secret.
 * It has no stack trace: it is an answer, not a fault.
 */
public final class Rejection extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    /**
     * @param refusal the named "no"
     * @param detail what happened this time, without any secret
     */
    public Rejection(Refusal refusal, String detail) {
        super(detail, null, false, false);
        this.refusal = refusal;
    }

    /** A rejection whose detail is the refusal's own title. */
    public static Rejection of(Refusal refusal) {
        return new Rejection(refusal, refusal.title());
    }

    public Refusal refusal() {
        return refusal;
    }

    /** What happened this time. */
    public String detail() {
        String message = getMessage();
        return message == null ? refusal.title() : message;
    }
}
