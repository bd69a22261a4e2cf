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

    private final Terms terms;

    AuditRefusal(String code, String title, String advice) {
        terms = new Terms(code, Kind.NOT_FOUND, title, advice);
    }

    @Override
    public Terms terms() {
        return terms;
    }
}
