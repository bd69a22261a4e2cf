package io.byok.platform.seal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a keyring file, big-endian, with no text in between so that no key ever becomes a String. Format 1:
 * {@code "BYOKRING" | format u16 = 1 | count u16 | count x (chain u8 | root 16 | version u32 | key 32) | SHA-256 32}.
 * Format 2 is {@link ProtectedKeyring}'s. The hash finds damage, not attackers: whoever can write this file owns the keys anyway.
 */
final class KeyringFormat {

    static final long MAGIC = 0x42594f4b52494e47L; // "BYOKRING"
    private static final short FORMAT = 1;
    private static final int HEAD = Long.BYTES + Short.BYTES;
    private static final int ENTRY = 1 + 16 + Integer.BYTES + SealingKey.BYTES;
    static final int HASH = 32;

    /** One version of one chain's root. */
    record Entry(KeyChain chain, SealingKey key) {}

    private KeyringFormat() {}

    /** Format 2 when there is a passphrase, format 1 otherwise. */
    static byte[] write(List<Entry> entries, @Nullable Passphrase passphrase) {
        if (passphrase != null) {
            return ProtectedKeyring.write(entries, passphrase);
        }
        byte[] body = body(entries);
        try {
            return hashed(ByteBuffer.allocate(HEAD + body.length + HASH)
                    .putLong(MAGIC)
                    .putShort(FORMAT)
                    .put(body));
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    /** Count and entries. */
    static byte[] body(List<Entry> entries) {
        ByteBuffer out = ByteBuffer.allocate(Short.BYTES + entries.size() * ENTRY);
        out.putShort((short) entries.size());
        for (Entry entry : entries) {
            out.put((byte) entry.chain().code());
            out.putLong(entry.key().id().getMostSignificantBits());
            out.putLong(entry.key().id().getLeastSignificantBits());
            out.putInt(entry.key().version());
            entry.key().exposeForUse(out::put);
        }
        return out.array();
    }

    /** Puts the hash at the end of what is otherwise full. */
    static byte[] hashed(ByteBuffer file) {
        file.put(hash(file.array()));
        return file.array();
    }

    /** Whether the bytes say that they are protected. */
    static boolean isProtected(byte[] file) {
        return file.length >= HEAD && ByteBuffer.wrap(file).getShort(Long.BYTES) == ProtectedKeyring.FORMAT;
    }

    /**
     * The entries, owned by the caller.
     *
     * @param passphrase needed for format 2, not asked for with format 1
     * @throws KeyRefused unless the bytes are a whole keyring of a known format with sound keys
     */
    static List<Entry> read(byte[] file, @Nullable Passphrase passphrase) {
        if (file.length < HEAD + HASH || !MessageDigest.isEqual(hash(file), tail(file))) {
            throw new KeyRefused("the keyring file is damaged or is no keyring");
        }
        ByteBuffer in = ByteBuffer.wrap(file, 0, file.length - HASH);
        short format = in.getLong() == MAGIC ? in.getShort() : 0;
        return switch (format) {
            case FORMAT -> entries(in);
            case ProtectedKeyring.FORMAT -> {
                if (passphrase == null) {
                    throw new KeyRefused("the keyring file is protected by a passphrase; name the file that holds it"
                            + " in byok.keyring-passphrase-file (BYOK_KEYRING_PASSPHRASE_FILE)");
                }
                yield ProtectedKeyring.read(file, passphrase);
            }
            default -> throw new KeyRefused("the keyring file has a format this version does not know");
        };
    }

    /** Reads count and entries, to the end. */
    static List<Entry> entries(ByteBuffer in) {
        List<Entry> entries = new ArrayList<>();
        try {
            for (int count = in.getShort(); count > 0; count--) {
                entries.add(readEntry(in));
            }
            if (!in.hasRemaining() && !entries.isEmpty()) {
                return entries;
            }
            throw new KeyRefused("the keyring file is malformed");
        } catch (BufferUnderflowException | IllegalArgumentException malformed) {
            throw wiping(entries, new KeyRefused("the keyring file is malformed"));
        } catch (KeyRefused refused) {
            throw wiping(entries, refused);
        }
    }

    private static KeyRefused wiping(List<Entry> entries, KeyRefused refused) {
        entries.forEach(entry -> entry.key().close());
        return refused;
    }

    private static Entry readEntry(ByteBuffer in) {
        KeyChain chain = KeyChain.of(in.get());
        UUID root = new UUID(in.getLong(), in.getLong());
        int version = in.getInt();
        byte[] secret = new byte[SealingKey.BYTES];
        in.get(secret);
        try {
            KeyMaterial.check("the keyring file's " + chain.word() + " key " + version, secret);
            return new Entry(chain, SealingKey.owning(root, version, secret));
        } catch (KeyRefused | IllegalArgumentException unfit) {
            Arrays.fill(secret, (byte) 0);
            throw unfit;
        }
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
