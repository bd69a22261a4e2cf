package io.byok.platform.seal;

/**
 * A chain of keys from a root downwards. Two chains share no key, so that a node can be given one without the other: the
 * query side opens events and can never open a credential. Code and word are stored and never change meaning.
 */
public enum KeyChain {
    EVENTS(1, "events"),
    CREDENTIALS(2, "credentials");

    private final int code;
    private final String word;

    KeyChain(int code, String word) {
        this.code = code;
        this.word = word;
    }

    /** As it is stored. */
    public int code() {
        return code;
    }

    public String word() {
        return word;
    }

    /** @throws IllegalArgumentException for a code that was never given out */
    public static KeyChain of(int code) {
        for (KeyChain chain : values()) {
            if (chain.code == code) {
                return chain;
            }
        }
        throw new IllegalArgumentException("no key chain has code " + code);
    }
}
