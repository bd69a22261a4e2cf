package io.byok.platform.seal;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Format 2 of a keyring file: format 1's entries, sealed with suite 1 under a key that Argon2id makes of a passphrase.
 * {@code "BYOKRING" | format u16 = 2 | kdf u8 = 1 | memory u32 (KiB) | passes u32 | lanes u8 | salt 16 | sealed |
 * SHA-256 32}, where what is sealed is {@code count u16 | count x entry}, bound to all bytes before it. The hash tells
 * damage from a wrong passphrase, and nothing else.
 */
final class ProtectedKeyring {

    static final short FORMAT = 2;

    private static final byte ARGON2ID = 1;
    private static final int HEAD = Long.BYTES + Short.BYTES + 1 + Integer.BYTES + Integer.BYTES + 1 + Passphrase.SALT;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ProtectedKeyring() {}

    /** With a fresh salt. */
    static byte[] write(List<KeyringFormat.Entry> entries, Passphrase passphrase) {
        byte[] salt = new byte[Passphrase.SALT];
        RANDOM.nextBytes(salt);
        return write(entries, passphrase, salt, Passphrase.Cost.USUAL, null);
    }

    /** @param sealSalt of suite 1, for examples that are the same every time; null takes a random one */
    static byte[] write(
            List<KeyringFormat.Entry> entries,
            Passphrase passphrase,
            byte[] salt,
            Passphrase.Cost cost,
            byte @Nullable [] sealSalt) {
        passphrase.requireStrength();
        byte[] head = ByteBuffer.allocate(HEAD)
                .putLong(KeyringFormat.MAGIC)
                .putShort(FORMAT)
                .put(ARGON2ID)
                .putInt(cost.memory())
                .putInt(cost.passes())
                .put((byte) cost.lanes())
                .put(salt)
                .array();
        byte[] body = KeyringFormat.body(entries);
        try (SealingKey key = passphrase.key(salt, cost)) {
            Aad place = Aad.keyring(head);
            byte[] sealed = sealSalt == null ? Suite1.seal(key, place, body) : Suite1.seal(key, place, body, sealSalt);
            return KeyringFormat.hashed(ByteBuffer.allocate(head.length + sealed.length + KeyringFormat.HASH)
                    .put(head)
                    .put(sealed));
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    /**
     * The entries, owned by the caller.
     *
     * @param file whole, by its hash, and of this format
     * @throws KeyRefused when the passphrase does not open it
     */
    static List<KeyringFormat.Entry> read(byte[] file, Passphrase passphrase) {
        int end = file.length - KeyringFormat.HASH;
        if (end < HEAD) {
            throw new KeyRefused("the keyring file is malformed");
        }
        ByteBuffer head = ByteBuffer.wrap(file, Long.BYTES + Short.BYTES, HEAD - Long.BYTES - Short.BYTES);
        byte kdf = head.get();
        Passphrase.Cost cost = new Passphrase.Cost(head.getInt(), head.getInt(), head.get());
        byte[] salt = new byte[Passphrase.SALT];
        head.get(salt);
        if (kdf != ARGON2ID || !cost.isSane()) {
            throw new KeyRefused("the keyring file has a format this version does not know");
        }
        byte[] body;
        try (SealingKey key = passphrase.key(salt, cost)) {
            body = Suite1.open(key, Aad.keyring(Arrays.copyOf(file, HEAD)), Arrays.copyOfRange(file, HEAD, end));
        } catch (SealBroken wrong) {
            throw new KeyRefused("the passphrase does not open the keyring");
        }
        try {
            return KeyringFormat.entries(ByteBuffer.wrap(body));
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }
}
