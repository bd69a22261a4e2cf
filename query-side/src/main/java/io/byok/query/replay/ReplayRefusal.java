package io.byok.query.replay;

import io.byok.kernel.Refusal;

/** Why a replay is not run or not shown. */
public enum ReplayRefusal implements Refusal {
    NOT_FOUND("replay-not-found", Kind.NOT_FOUND, "There is no such replay", "Check the id."),
    RUNNING("replay-running", Kind.CONFLICT, "A replay is running", "Wait until it has ended; there is one at a time.");

    private final Terms terms;

    ReplayRefusal(String code, Kind kind, String title, String advice) {
        terms = new Terms(code, kind, title, advice);
    }

    @Override
    public Terms terms() {
        return terms;
    }
}
