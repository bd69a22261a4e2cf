package io.byok.query.audit.tree;

import io.byok.kernel.TenantId;
import io.byok.kernel.merkle.MerkleHash;
import io.byok.platform.seal.CheckpointSigner;
import io.byok.platform.seal.CosignerKey;
import io.byok.platform.seal.NoteKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How logs are called: {@code byok.audit/} and the first half of SHA-256 of the public key, then the tenant's id or
 * {@code platform}. No two installations have the same, and nobody has to choose.
 */
public final class Origins {

    private static final int DIGITS = 16;

    private final CheckpointSigner signer;
    private volatile @Nullable String installation;

    public Origins(CheckpointSigner signer) {
        this.signer = signer;
    }

    /** @throws io.byok.platform.seal.KeysUnavailable when the key was not made yet */
    public String of(UUID tenant) {
        return installation() + (tenant.equals(AuditTrees.PLATFORM) ? "platform" : new TenantId(tenant).text());
    }

    /** Who signs that log. */
    public NoteKey key(UUID tenant) {
        return signer.key(of(tenant));
    }

    /** Who signs that log a second time, by ML-DSA-44; empty when nobody does. */
    public Optional<CosignerKey> mlDsaKey(UUID tenant) {
        return signer.mlDsaKey(of(tenant));
    }

    private String installation() {
        String known = installation;
        if (known == null) {
            byte[] digest = new MerkleHash().sha256(signer.key("byok").publicKey());
            known = "byok.audit/" + HexFormat.of().formatHex(Arrays.copyOf(digest, DIGITS)) + "/";
            installation = known;
        }
        return known;
    }
}
