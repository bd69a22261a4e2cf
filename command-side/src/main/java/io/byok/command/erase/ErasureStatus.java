package io.byok.command.erase;

import java.util.Locale;

/** How far an erasure has come. Code and word never change meaning. */
enum ErasureStatus {
    REQUESTED(1),
    DESTROYED(2),
    ERASED(3);

    private final short code;

    ErasureStatus(int code) {
        this.code = (short) code;
    }

    short code() {
        return code;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ErasureStatus of(int code) {
        for (ErasureStatus status : values()) {
            if (status.code == code) {
                return status;
            }
        }
        throw new IllegalStateException("no erasure status has code " + code);
    }
}
