package io.byok.platform.seal;

import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/**
 * Reads 32 bytes of key material from an operator's setting and refuses what is plainly no random key. It cannot prove a
 * key to be random; it catches samples, passwords and patterns, which is what people really paste. A random key is
 * refused with a probability below 2^-29.
 */
final class KeyMaterial {

    private static final String HOW = "; make one with: openssl rand -hex 32";

    // From guides and sample files that people copy. Most would fail another rule too, but deserve a plain word.
    private static final Set<String> SAMPLES = Set.of(
            "your-32-char-hex-key",
            "your-32-byte-hex-key",
            "your-64-char-hex-key",
            "your-encryption-key",
            "change-me",
            "changeme",
            "6c1fe4e407b8911c104518103505b218",
            "0123456789abcdef0123456789abcdef",
            "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
            "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
            "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");

    private KeyMaterial() {}

    /**
     * 64 hex digits, or base64 (either alphabet, padded or not) of 32 bytes.
     *
     * @throws KeyRefused with the reason in one line, never with the material
     */
    static byte[] parse(String setting, String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            throw new KeyRefused(setting + " is empty" + HOW);
        }
        if (SAMPLES.contains(trimmed.toLowerCase(Locale.ROOT))) {
            throw new KeyRefused(setting + " is a published sample key" + HOW);
        }
        byte[] material = decode(setting, trimmed);
        try {
            check(setting, material);
        } catch (KeyRefused refused) {
            Arrays.fill(material, (byte) 0);
            throw refused;
        }
        return material;
    }

    private static byte[] decode(String setting, String text) {
        byte[] material;
        try {
            material = text.length() == 2 * SealingKey.BYTES
                    ? HexFormat.of().parseHex(text)
                    : Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException neither) {
            throw new KeyRefused(setting + " is neither 64 hex digits nor base64 of 32 bytes" + HOW);
        }
        if (material.length != SealingKey.BYTES) {
            throw new KeyRefused(setting + " holds " + material.length + " bytes, not 32" + HOW);
        }
        return material;
    }

    /** @throws KeyRefused for anything that a random generator would not give in a lifetime */
    static void check(String setting, byte[] material) {
        if (repeats(material)) {
            throw new KeyRefused(setting + " repeats itself" + HOW);
        }
        if (counts(material)) {
            throw new KeyRefused(setting + " is a sequence" + HOW);
        }
        if (isText(material)) {
            throw new KeyRefused(setting + " is readable text, not random bytes" + HOW);
        }
        if (distinctBytes(material) < 20 || distinctDigits(material) < 11) {
            throw new KeyRefused(setting + " has too little randomness" + HOW);
        }
    }

    private static boolean repeats(byte[] material) {
        for (int period = 1; period <= material.length / 2; period++) {
            if (Arrays.equals(material, period, material.length, material, 0, material.length - period)) {
                return true;
            }
        }
        return false;
    }

    private static boolean counts(byte[] material) {
        byte step = (byte) (material[1] - material[0]);
        for (int i = 2; i < material.length; i++) {
            if ((byte) (material[i] - material[i - 1]) != step) {
                return false;
            }
        }
        return true;
    }

    private static boolean isText(byte[] material) {
        for (byte b : material) {
            if (b < 0x20 || b == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static int distinctBytes(byte[] material) {
        BitSet seen = new BitSet(256);
        for (byte b : material) {
            seen.set(b & 0xff);
        }
        return seen.cardinality();
    }

    private static int distinctDigits(byte[] material) {
        BitSet seen = new BitSet(16);
        for (byte b : material) {
            seen.set(b >> 4 & 0xf);
            seen.set(b & 0xf);
        }
        return seen.cardinality();
    }
}
