package io.byok.query.audit.tree;

import io.byok.kernel.Refusal;

/** Why something of the audit log is not shown. */
public enum AuditRefusal implements Refusal {
    NO_CHECKPOINT(
            "checkpoint-not-found",
            "No state of the log of that size was signed",
            "Wait ten seconds after the first event, or ask for a larger size."),
    NO_LEAF(
            "leaf-not-found",
            "There is no such leaf in the log",
            "Check the index or id, and that the size covers it.");

    private final String code;
    private final String title;
    private final String advice;

    AuditRefusal(String code, String title, String advice) {
        this.code = code;
        this.title = title;
        this.advice = advice;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public Kind kind() {
        return Kind.NOT_FOUND;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String advice() {
        return advice;
    }
}
