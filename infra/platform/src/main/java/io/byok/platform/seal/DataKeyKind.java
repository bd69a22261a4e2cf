package io.byok.platform.seal;

import org.jspecify.annotations.Nullable;

/** What a data key is for, and thereby how long it lives. Code and word are stored and never change meaning. */
public enum DataKeyKind {
    /** Seals the events about one end user, or about the tenant itself; destroyed with whom they are about. */
    SUBJECT(1, "subject", KeyChain.EVENTS, Aad.Purpose.EVENT),
    /** Seals what a tenant's audit keeps of one calendar year, users or no users; destroyed when the year expires. */
    AUDIT(2, "audit", KeyChain.EVENTS, Aad.Purpose.EVENT),
    /** Keys one tenant's look-up hashes and seals nothing. Never rotated: every stored hash would lose its meaning. */
    LOOKUP(3, "lookup", KeyChain.EVENTS, null),
    /** Seals every version of one stored credential; destroyed with it. */
    CREDENTIAL(4, "credential", KeyChain.CREDENTIALS, Aad.Purpose.SECRET),
    /** Is the seed of an Ed25519 key and seals nothing. Of the credentials chain: who only reads events signs nothing. */
    SIGNING(5, "signing", KeyChain.CREDENTIALS, null),

    /** Is the seed of the Ed25519 key that signs states of audit logs, and seals nothing. */
    CHECKPOINT(6, "checkpoint", KeyChain.EVENTS, null),

    /** Is the seed of the ML-DSA-44 key of the second signature below such states, and seals nothing. */
    CHECKPOINT_ML_DSA(7, "checkpoint-ml-dsa", KeyChain.EVENTS, null);

    private final int code;
    private final String word;
    private final KeyChain chain;
    private final Aad.@Nullable Purpose seals;

    DataKeyKind(int code, String word, KeyChain chain, Aad.@Nullable Purpose seals) {
        this.code = code;
        this.word = word;
        this.chain = chain;
        this.seals = seals;
    }

    int code() {
        return code;
    }

    public String word() {
        return word;
    }

    public KeyChain chain() {
        return chain;
    }

    /** Whether keys of this kind may seal for such a place; one key never serves two purposes. */
    boolean seals(Aad.Purpose purpose) {
        return seals == purpose;
    }

    /** @throws IllegalArgumentException for a code that was never given out */
    static DataKeyKind of(int code) {
        for (DataKeyKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no data key kind has code " + code);
    }
}
