package io.byok.platform.seal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Supplier;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/**
 * What protects a keyring file that is copied to somewhere else. A key is made of it by Argon2id (RFC 9106), which costs
 * whoever guesses {@link Cost#USUAL} per guess. The last key is remembered, so that looking at the file again, which
 * happens up to once a second, costs nothing: this process holds the roots anyway.
 */
public final class Passphrase {

    static final int SHORTEST = 12;
    static final int SALT = 16;

    private static final UUID NO_NAME = new UUID(0, 0);

    /**
     * What Argon2id is given, as the file has it.
     *
     * @param memory in KiB, 8 MiB to 1 GiB
     * @param passes 1 to 16
     * @param lanes 1 to 16
     */
    record Cost(int memory, int passes, int lanes) {

        /** RFC 9106, the second recommended option. */
        static final Cost USUAL = new Cost(64 * 1024, 3, 4);

        /** A file that asks for more than this is no keyring of ours, and must not keep a start busy. */
        boolean isSane() {
            return memory >= 8 * 1024
                    && memory <= 1024 * 1024
                    && passes >= 1
                    && passes <= 16
                    && lanes >= 1
                    && lanes <= 16;
        }
    }

    private final Supplier<byte[]> text;
    private byte @Nullable [] rememberedSalt;
    private @Nullable Cost rememberedCost;
    private @Nullable SealingKey remembered;

    private Passphrase(Supplier<byte[]> text) {
        this.text = text;
    }

    /** The first line of a file, without its end. It is read again when it is needed again. */
    public static Passphrase inFile(Path file) {
        return new Passphrase(() -> firstLine(file));
    }

    /** Of a setting. The process's environment keeps a copy that nobody can wipe; a file is better. */
    public static Passphrase of(String setting) {
        return new Passphrase(() -> setting.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws KeyRefused when it is too short to protect anything */
    void requireStrength() {
        byte[] bytes = text.get();
        int length = bytes.length;
        Arrays.fill(bytes, (byte) 0);
        if (length < SHORTEST) {
            throw new KeyRefused("the keyring's passphrase has fewer than " + SHORTEST + " characters");
        }
    }

    /** The key made of it, owned by the caller. */
    synchronized SealingKey key(byte[] salt, Cost cost) {
        SealingKey known = remembered;
        if (known == null || !Arrays.equals(salt, rememberedSalt) || !cost.equals(rememberedCost)) {
            if (known != null) {
                known.close();
            }
            known = derive(salt, cost);
            remembered = known;
            rememberedSalt = salt.clone();
            rememberedCost = cost;
        }
        SealingKey copy = known.copyIfOpen();
        if (copy == null) {
            throw new IllegalStateException("nobody else closes this key");
        }
        return copy;
    }

    private SealingKey derive(byte[] salt, Cost cost) {
        Argon2BytesGenerator argon = new Argon2BytesGenerator();
        argon.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memory())
                .withIterations(cost.passes())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .build());
        byte[] secret = text.get();
        byte[] key = new byte[SealingKey.BYTES];
        try {
            argon.generateBytes(secret, key);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
        return SealingKey.owning(NO_NAME, 1, key);
    }

    private static byte[] firstLine(Path file) {
        try {
            byte[] all = Files.readAllBytes(file);
            int end = 0;
            while (end < all.length && all[end] != '\n' && all[end] != '\r') {
                end++;
            }
            byte[] line = Arrays.copyOf(all, end);
            Arrays.fill(all, (byte) 0);
            return line;
        } catch (IOException unreadable) {
            throw new KeyRefused("the file of the keyring's passphrase, " + file + ", cannot be read");
        }
    }

    @Override
    public String toString() {
        return "Passphrase";
    }
}
