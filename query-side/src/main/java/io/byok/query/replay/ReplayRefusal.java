package io.byok.query.replay;

import io.byok.kernel.Refusal;

/** Why a replay is not run or not shown. */
public enum ReplayRefusal implements Refusal {
    NOT_FOUND("replay-not-found", Kind.NOT_FOUND, "There is no such replay", "Check the id."),
    RUNNING("replay-running", Kind.CONFLICT, "A replay is running", "Wait until it has ended; there is one at a time.");

    private final String code;
    private final Kind kind;
    private final String title;
    private final String advice;

    ReplayRefusal(String code, Kind kind, String title, String advice) {
        this.code = code;
        this.kind = kind;
        this.title = title;
        this.advice = advice;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public Kind kind() {
        return kind;
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
