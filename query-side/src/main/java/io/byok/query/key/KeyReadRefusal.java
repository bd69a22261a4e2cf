package io.byok.query.key;

import io.byok.kernel.Refusal;

/** Why a key is not shown. */
public enum KeyReadRefusal implements Refusal {
    NOT_FOUND(
            "key-not-found",
            Kind.NOT_FOUND,
            "There is no such key",
            "Check the id; a key of another tenant is never shown.");

    private final String code;
    private final Kind kind;
    private final String title;
    private final String advice;

    KeyReadRefusal(String code, Kind kind, String title, String advice) {
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
