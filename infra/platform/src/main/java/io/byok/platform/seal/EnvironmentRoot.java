package io.byok.platform.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Roots from one setting of 32 bytes ({@code BYOK_ENCRYPTION_KEY}). Each chain's root and its id are derived from it
 * (HKDF-SHA512, label {@code byok/v1/root/<chain>}), so that the chains stay apart. It has one version: to change the
 * key means to move to another root.
 */
public final class EnvironmentRoot {

    public static final String SETTING = "BYOK_ENCRYPTION_KEY";

    private static final byte[] NO_SALT = new byte[0];

    private EnvironmentRoot() {}

    /**
     * @param text 64 hex digits or base64 of 32 bytes
     * @throws KeyRefused for anything else, and for weak keys
     */
    public static Map<KeyChain, KekProvider> roots(String text) {
        byte[] material = KeyMaterial.parse(SETTING, text);
        try {
            Map<KeyChain, KekProvider> roots = new EnumMap<>(KeyChain.class);
            for (KeyChain chain : KeyChain.values()) {
                roots.put(chain, root(material, chain));
            }
            return roots;
        } finally {
            Arrays.fill(material, (byte) 0);
        }
    }

    private static KekProvider root(byte[] material, KeyChain chain) {
        byte[] info = ("byok/v1/root/" + chain.word()).getBytes(StandardCharsets.US_ASCII);
        byte[] derived = new byte[SealingKey.BYTES + 16];
        Primitives.lend(primitives -> {
            primitives.hkdf.derive(material, NO_SALT, info, derived);
            return derived;
        });
        ByteBuffer id = ByteBuffer.wrap(derived, SealingKey.BYTES, 16);
        SealingKey key =
                SealingKey.owning(new UUID(id.getLong(), id.getLong()), 1, Arrays.copyOf(derived, SealingKey.BYTES));
        Arrays.fill(derived, (byte) 0);
        return new LocalRoot("environment", key.id(), new TreeMap<>(Map.of(1, key)), new OnlyVersion(SETTING, key));
    }
}
