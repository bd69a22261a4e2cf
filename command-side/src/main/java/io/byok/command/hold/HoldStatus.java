package io.byok.command.hold;

import io.byok.command.hold.domain.Hold;

/** How a legal hold stands. Code and word never change meaning; the migration of its table tells the same. */
enum HoldStatus {
    REQUESTED(1, "requested"),
    PLACED(2, "placed"),
    LIFT_REQUESTED(3, "lift-requested"),
    LIFTED(4, "lifted"),
    WITHDRAWN(5, "withdrawn");

    private final int code;
    private final String word;

    HoldStatus(int code, String word) {
        this.code = code;
        this.word = word;
    }

    int code() {
        return code;
    }

    String word() {
        return word;
    }

    static HoldStatus of(Hold.Present hold) {
        return switch (hold) {
            case Hold.Requested _ -> REQUESTED;
            case Hold.Placed _ -> PLACED;
            case Hold.LiftRequested _ -> LIFT_REQUESTED;
            case Hold.Lifted _ -> LIFTED;
            case Hold.Withdrawn _ -> WITHDRAWN;
        };
    }
}
