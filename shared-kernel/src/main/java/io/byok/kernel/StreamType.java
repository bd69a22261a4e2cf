package io.byok.kernel;

/** The kinds of stream. Code and word are stored and never change meaning; a retired one is never given away again. */
public enum StreamType {
    TENANT(1, "tenant"),
    API_TOKEN(2, "api-token"),
    SUBJECT(3, "subject"),
    KEY(4, "key"),
    USE(5, "use"),
    USAGE(6, "usage"),
    VALIDATION(12, "validation"),
    ERASURE(7, "erasure"),
    TENANT_ERASURE(8, "tenant-erasure"),
    CHAIN(10, "chain"),
    ROTATION(20, "rotation"),
    LEGAL_HOLD(30, "legal-hold"),
    RETENTION(31, "retention"),
    DENIAL(36, "denial"),
    TRAIL(37, "trail");

    private final short code;
    private final String word;

    StreamType(int code, String word) {
        this.code = (short) code;
        this.word = word;
    }

    public short code() {
        return code;
    }

    public String word() {
        return word;
    }

    /** @throws IllegalArgumentException for a code that was never given out */
    public static StreamType of(int code) {
        for (StreamType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new IllegalArgumentException("no stream type has code " + code);
    }
}
