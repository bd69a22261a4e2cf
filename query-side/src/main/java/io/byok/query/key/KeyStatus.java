package io.byok.query.key;

import java.util.Locale;
import java.util.Optional;

/** How a key stands, as it is stored. Codes never change meaning. */
enum KeyStatus {
    ACTIVE(1),
    DISABLED(2),
    REVOKED(3),
    DELETED(4);

    /** What an active key is called once its time is over. Follows from the clock, so it is never stored. */
    static final String EXPIRED = "expired";

    private final short code;

    KeyStatus(int code) {
        this.code = (short) code;
    }

    short code() {
        return code;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<KeyStatus> named(String word) {
        for (KeyStatus status : values()) {
            if (status.word().equals(word)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }

    /** @throws IllegalStateException for a code that is not stored by this version */
    static KeyStatus of(short code) {
        for (KeyStatus status : values()) {
            if (status.code == code) {
                return status;
            }
        }
        throw new IllegalStateException("no key status has code " + code);
    }
}
