package io.byok.command.rotation.domain;

import io.byok.kernel.Refusal;

/** Why a rotation is not run or not shown. */
public enum RotationRefusal implements Refusal {
    NOT_FOUND("key-rotation-not-found", Kind.NOT_FOUND, "There is no such rotation of keys.", "Check the id."),
    RUNNING(
            "key-rotation-running",
            Kind.CONFLICT,
            "Keys of this level are being rotated.",
            "Wait until it has ended; there is one at a time per level.");

    private final Terms terms;

    RotationRefusal(String code, Kind kind, String title, String advice) {
        terms = new Terms(code, kind, title, advice);
    }

    @Override
    public Terms terms() {
        return terms;
    }
}
