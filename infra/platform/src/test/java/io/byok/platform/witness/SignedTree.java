package io.byok.platform.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.byok.kernel.audit.Checkpoint;
import io.byok.kernel.merkle.MerkleHash;
import io.byok.kernel.merkle.Proofs;
import io.byok.platform.seal.EnvironmentRoot;
import io.byok.platform.seal.Keyring;
import io.byok.platform.seal.NoteKey;
import io.byok.platform.seal.PlatformSigner;
import io.byok.platform.seal.TenantKeks;
import io.byok.testkit.TestDatabase;
import io.byok.testkit.TestPostgres;
import java.util.List;

/** A small log: its leaves are numbers, from {@code forkedAt} on other ones. */
final class SignedTree {

    private static final String ROOT = "c2c95f1e8a4370b6d1f3097be5a82c46907d3e6fb1845a0c2fe9d763b04a81e5";
    private static final PlatformSigner SIGNER = signer();
    private static final MerkleHash HASH = new MerkleHash();

    private final String origin;
    private final long forkedAt;
    private final Proofs proofs = new Proofs(HASH, this::node);

    SignedTree(String origin, long forkedAt) {
        this.origin = origin;
        this.forkedAt = forkedAt;
    }

    private static PlatformSigner signer() {
        TestDatabase database = TestPostgres.freshDatabase("db/platform");
        return new PlatformSigner(
                new Keyring(database.dataSource(), new TenantKeks(database.dataSource(), EnvironmentRoot.roots(ROOT))));
    }

    private byte[] node(int level, long index) {
        if (level == 0) {
            return HASH.leaf(((index < forkedAt ? "leaf " : "other ") + index).getBytes(UTF_8));
        }
        return HASH.node(node(level - 1, 2 * index), node(level - 1, 2 * index + 1));
    }

    NoteKey key() {
        return SIGNER.key(origin);
    }

    List<byte[]> proof(long from, long to) {
        return proofs.consistency(from, to);
    }

    String note(long size) {
        return SIGNER.sign(origin, new Checkpoint(origin, size, proofs.root(size)).text());
    }

    /** As a log asks that knows what it is doing. */
    String request(long from, long to) {
        return new AddCheckpoint(from, proof(from, to), note(to)).text();
    }
}
