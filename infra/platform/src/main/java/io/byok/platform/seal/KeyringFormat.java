package io.byok.platform.seal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * The bytes of a keyring file, big-endian, with no text in between so that no key ever becomes a String:
 * {@code "BYOKRING" | format u16 = 1 | count u16 | count x (chain u8 | root 16 | version u32 | key 32) | SHA-256 32}.
 * The hash finds damage, not attackers: whoever can write this file owns the keys anyway.
 */
final class KeyringFormat {

    private static final long MAGIC = 0x42594f4b52494e47L; // "BYOKRING"
    private static final short FORMAT = 1;
    private static final int HEAD = Long.BYTES + Short.BYTES + Short.BYTES;
    private static final int ENTRY = 1 + 16 + Integer.BYTES + SealingKey.BYTES;
    private static final int HASH = 32;

    /** One version of one chain's root. */
    record Entry(KeyChain chain, SealingKey key) {}

    private KeyringFormat() {}

    static byte[] write(List<Entry> entries) {
        ByteBuffer out = ByteBuffer.allocate(HEAD + entries.size() * ENTRY + HASH);
        out.putLong(MAGIC).putShort(FORMAT).putShort((short) entries.size());
        for (Entry entry : entries) {
            out.put((byte) entry.chain().code());
            out.putLong(entry.key().id().getMostSignificantBits());
            out.putLong(entry.key().id().getLeastSignificantBits());
            out.putInt(entry.key().version());
            entry.key().exposeForUse(out::put);
        }
        out.put(hash(out.array()));
        return out.array();
    }

    /**
     * The entries, owned by the caller.
     *
     * @throws KeyRefused unless the bytes are a whole keyring of a known format with sound keys
     */
    static List<Entry> read(byte[] file) {
        if (file.length < HEAD + HASH || !MessageDigest.isEqual(hash(file), tail(file))) {
            throw new KeyRefused("the keyring file is damaged or is no keyring");
        }
        ByteBuffer in = ByteBuffer.wrap(file, 0, file.length - HASH);
        if (in.getLong() != MAGIC || in.getShort() != FORMAT) {
            throw new KeyRefused("the keyring file has a format this version does not know");
        }
        List<Entry> entries = new ArrayList<>();
        try {
            for (int count = in.getShort(); count > 0; count--) {
                entries.add(readEntry(in));
            }
        } catch (BufferUnderflowException | IllegalArgumentException malformed) {
            throw new KeyRefused("the keyring file is malformed");
        }
        if (in.hasRemaining() || entries.isEmpty()) {
            throw new KeyRefused("the keyring file is malformed");
        }
        return entries;
    }

    private static Entry readEntry(ByteBuffer in) {
        KeyChain chain = KeyChain.of(in.get());
        UUID root = new UUID(in.getLong(), in.getLong());
        int version = in.getInt();
        byte[] secret = new byte[SealingKey.BYTES];
        in.get(secret);
        KeyMaterial.check("the keyring file's " + chain.word() + " key " + version, secret);
        return new Entry(chain, SealingKey.owning(root, version, secret));
    }

    private static byte[] tail(byte[] file) {
        return Arrays.copyOfRange(file, file.length - HASH, file.length);
    }

    private static byte[] hash(byte[] file) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(file, 0, file.length - HASH);
            return sha256.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }
}
