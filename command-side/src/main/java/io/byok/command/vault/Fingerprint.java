package io.byok.command.vault;

import io.byok.kernel.TenantId;
import io.byok.platform.seal.LookupHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The keyed hash of a credential: HMAC-SHA256 under the tenant's look-up key, first 16 bytes, over the provider and each
 * field sorted by name, every part with its length (u32) before it. The order in which fields came in does not matter.
 */
final class Fingerprint {

    private static final String PURPOSE = "credential-fingerprint";
    private static final int BYTES = 16;

    private Fingerprint() {}

    static String of(LookupHash lookupHash, TenantId tenant, String provider, Credential credential) {
        byte[] providerBytes = provider.getBytes(StandardCharsets.UTF_8);
        int[] length = {Integer.BYTES + providerBytes.length};
        credential.forEach((name, secret) -> length[0] +=
                Integer.BYTES + name.getBytes(StandardCharsets.UTF_8).length + Integer.BYTES + secret.length());
        ByteBuffer parts = ByteBuffer.allocate(length[0]); // exact, so that no grown copy is left unwiped
        try {
            put(parts, providerBytes);
            credential.names().stream().sorted().forEach(name -> {
                put(parts, name.getBytes(StandardCharsets.UTF_8));
                credential.field(name).orElseThrow().exposeForIntake(secret -> put(parts, secret));
            });
            byte[] hash = lookupHash.hash(tenant, PURPOSE, parts.array());
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } finally {
            Arrays.fill(parts.array(), (byte) 0);
        }
    }

    private static ByteBuffer put(ByteBuffer parts, byte[] part) {
        return parts.putInt(part.length).put(part);
    }
}
