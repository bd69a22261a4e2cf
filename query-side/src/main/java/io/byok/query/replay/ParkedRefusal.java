package io.byok.query.replay;

import io.byok.kernel.Refusal;

/** Why a parked record is left as it is. */
public enum ParkedRefusal implements Refusal {
    NOT_FOUND("parked-not-found", Kind.NOT_FOUND, "There is no such parked record", "List what is parked."),
    ORDERED(
            "parked-needs-rebuild",
            Kind.CONFLICT,
            "The read model takes events in the order of the log only",
            "Mend the cause, then rebuild it: POST /v1/replays with mode rebuild."),
    FOREIGN(
            "parked-not-an-event",
            Kind.CONFLICT,
            "The record is no event of the log",
            "Somebody else wrote it to the topic: discard it."),
    DISCARDED(
            "parked-discarded",
            Kind.CONFLICT,
            "The record was discarded",
            "Nothing is left to do: what came behind it can be retried.");

    private final Terms terms;

    ParkedRefusal(String code, Kind kind, String title, String advice) {
        terms = new Terms(code, kind, title, advice);
    }

    @Override
    public Terms terms() {
        return terms;
    }
}
