package io.byok.kernel.merkle;

import java.security.MessageDigest;
import java.util.Iterator;
import java.util.List;

/**
 * Verifies proofs as RFC 9162 sections 2.1.3.2 and 2.1.4.2 do. Takes anything for a proof and answers; nothing that
 * depends on what is proved is thrown. Confined to one thread.
 */
public final class Verification {

    private final MerkleHash hash;

    public Verification(MerkleHash hash) {
        this.hash = hash;
    }

    /** Whether the tree of that size and root has this leaf at this index. */
    public boolean includes(byte[] leafHash, long index, long size, List<byte[]> path, byte[] root) {
        if (index < 0 || index >= size || wrongLengths(path)) {
            return false;
        }
        long fn = index;
        long sn = size - 1;
        byte[] r = leafHash;
        for (byte[] p : path) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                r = hash.node(p, r);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                r = hash.node(r, p);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && MessageDigest.isEqual(r, root);
    }

    /** Whether the tree {@code from} is the beginning of the tree {@code to}. */
    public boolean consistent(long from, byte[] fromRoot, long to, byte[] toRoot, List<byte[]> proof) {
        if (from < 0 || from > to || wrongLengths(proof)) {
            return false;
        }
        if (from == to) {
            return proof.isEmpty() && MessageDigest.isEqual(fromRoot, toRoot);
        }
        if (from == 0) {
            return proof.isEmpty() && MessageDigest.isEqual(fromRoot, hash.empty());
        }
        if (proof.isEmpty()) {
            return false;
        }
        Iterator<byte[]> hashes = proof.iterator();
        long fn = from - 1;
        long sn = to - 1;
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        byte[] fr = Long.bitCount(from) == 1 ? fromRoot : hashes.next();
        byte[] sr = fr;
        while (hashes.hasNext()) {
            byte[] c = hashes.next();
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                fr = hash.node(c, fr);
                sr = hash.node(c, sr);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                sr = hash.node(sr, c);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && MessageDigest.isEqual(fr, fromRoot) && MessageDigest.isEqual(sr, toRoot);
    }

    private static boolean wrongLengths(List<byte[]> hashes) {
        return hashes.stream().anyMatch(one -> one.length != MerkleHash.LENGTH);
    }
}
