package io.byok.platform.seal;

import java.util.Optional;

/**
 * Who may have signed a note: a verifier key of the C2SP signed-note form, {@code name+hash+base64(1 | public key)}. The
 * hash is the first four bytes of {@code SHA-256(name \n 1 | public key)}.
 *
 * @param name of the signer, for people; without spaces and plus signs
 * @param publicKey Ed25519, 32 bytes; lent, never changed
 */
public record NoteKey(String name, int hash, byte[] publicKey) {

    static NoteKey ed25519(String name, byte[] publicKey) {
        return of(new VerifierKey(VerifierKey.NOTE, name, publicKey));
    }

    /** Empty unless it is a verifier key of an algorithm known here, whole and with the right hash. */
    public static Optional<NoteKey> parse(String text) {
        return VerifierKey.parse(VerifierKey.NOTE, text).map(NoteKey::of);
    }

    private static NoteKey of(VerifierKey key) {
        return new NoteKey(key.name(), key.hash(), key.publicKey());
    }

    private VerifierKey key() {
        return new VerifierKey(VerifierKey.NOTE, name, publicKey);
    }

    /** The same key in another name: one key signs all logs of an installation. */
    public NoteKey named(String other) {
        return ed25519(other, publicKey);
    }

    boolean verifies(byte[] message, byte[] signature) {
        return key().verifies(message, signature);
    }

    /** The form that {@link #parse} reads. */
    public String text() {
        return key().text();
    }

    @Override
    public String toString() {
        return text();
    }
}
