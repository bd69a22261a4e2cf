package io.byok.platform.audit;

import io.byok.kernel.audit.Checkpoint;
import io.byok.kernel.merkle.MerkleHash;
import io.byok.kernel.merkle.Proofs;
import io.byok.kernel.merkle.Verification;
import io.byok.platform.seal.CosignerKey;
import io.byok.platform.seal.NoteKey;
import io.byok.platform.seal.SignedNote;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verifies an export, line by line in bounded memory. What it returns follows from the export and the key alone; the
 * order of the steps and what each proves is told in docs/audit.md.
 *
 * <p>For one export; confined to one thread.
 */
public final class BundleVerifier {

    private static final int FORMAT = 1;

    private final NoteKey key;
    private final @Nullable Checkpoint since;
    private final Cosigned cosigned;
    private final MerkleHash hash = new MerkleHash();
    private @Nullable Unproved misplaced;
    private boolean linked;
    private long states;

    private BundleVerifier(NoteKey key, @Nullable String since, List<CosignerKey> witnesses) {
        this.key = key;
        this.cosigned = new Cosigned(witnesses);
        this.since = since == null ? null : checkpoint(since, "the older state");
    }

    /**
     * Verifies.
     *
     * @param export UTF-8; lent, read in large pieces, not closed
     * @param since a signed note that was kept, absent for none
     * @throws Unproved when not everything holds
     */
    public static Proved verify(InputStream export, NoteKey key, @Nullable String since) throws IOException {
        return verify(export, key, since, List.of());
    }

    /**
     * Verifies.
     *
     * @param witnesses who must have cosigned a state in it, each of them
     */
    public static Proved verify(InputStream export, NoteKey key, @Nullable String since, List<CosignerKey> witnesses)
            throws IOException {
        try (BundleLines lines = new BundleLines(export)) {
            return new BundleVerifier(key, since, witnesses).verify(lines);
        }
    }

    private Proved verify(BundleLines export) throws IOException {
        BundleLine head = export.next();
        if (head == null || !head.type().equals("log") || head.number("format") != FORMAT) {
            throw Unproved.unreadable("the first line does not begin an export of format " + FORMAT);
        }
        long first = head.number("first");
        long end = head.number("end");
        long size = head.number("size");
        List<byte[]> before = head.list("before");
        if (first > end || end > size || Long.bitCount(first) != before.size()) {
            throw Unproved.unreadable("the first line contradicts itself");
        }
        LeafOrder order = new LeafOrder(key.name(), hash);
        TwoRoots roots = new TwoRoots(hash, first, before);
        byte @Nullable [] last = null;
        long number = 1;
        for (BundleLine line = export.next(); line != null; line = export.next()) {
            number++;
            switch (line.type()) {
                case "checkpoint" -> last = state(line, roots, end, size, head);
                case "leaf" -> leaf(line, roots, end, order);
                case "consistency" -> link(line, size, last);
                default -> throw Unproved.unreadable("line " + number + " is of no known type");
            }
        }
        if (roots.size() < end) {
            throw roots.missing();
        }
        if (last == null) {
            throw Unproved.because("the signed state of " + size + " leaves is missing");
        }
        if (since != null && !linked) {
            notLinked(since, size);
        }
        order.end();
        return new Proved(
                key.name(),
                first,
                end,
                size,
                states,
                order.uses(),
                order.words(),
                order.unknown(),
                order.pruned(),
                since == null ? null : since.size(),
                cosigned.all());
    }

    private void leaf(BundleLine line, TwoRoots roots, long end, LeafOrder order) {
        long index = line.number("index");
        long expected = roots.size();
        if (index > expected || expected >= end) {
            throw roots.missing();
        }
        if (index < expected) {
            throw Unproved.leaf(index, "it is there twice");
        }
        boolean pruned = line.flag("pruned");
        byte[] leaf = pruned ? new byte[0] : line.leaf();
        linkIfThere(roots);
        if (pruned) {
            roots.appendHash(line.bytes("hash"));
        } else {
            roots.append(line.leafHash(hash), line.storedHash());
        }
        if (misplaced == null) {
            try {
                if (pruned) {
                    order.pruned(index);
                } else {
                    order.next(index, leaf, line);
                }
            } catch (Unproved unproved) {
                // A leaf before it may be the culprit: the next signed state tells.
                misplaced = unproved;
            }
        }
    }

    /** Checks a signed state; the root when it is the newest one. */
    private byte @Nullable [] state(BundleLine line, TwoRoots roots, long end, long size, BundleLine head) {
        Checkpoint state = checkpoint(line.text("note"), "a state in the export");
        cosigned.look(state, line.text("note"));
        if (state.size() == size) {
            if (roots.size() < end) {
                throw roots.missing();
            }
            linkIfThere(roots);
            after(roots, size, head.list("after"));
        }
        if (state.size() > roots.size()) {
            throw roots.missing();
        }
        if (state.size() < roots.size()) {
            throw Unproved.because("a signed state of " + state.size() + " leaves stands behind " + roots.size());
        }
        roots.mustBe(state.root(), "the signed state of " + state.size() + " leaves");
        if (misplaced != null) {
            throw misplaced;
        }
        linkIfThere(roots);
        states++;
        return state.size() == size ? state.root() : null;
    }

    private static void after(TwoRoots roots, long size, List<byte[]> after) {
        for (byte[] root : after) {
            if (roots.size() >= size || root.length != MerkleHash.LENGTH) {
                throw Unproved.unreadable("what lies behind the leaves makes no tree of " + size);
            }
            roots.append(Proofs.level(roots.size(), size), root);
        }
    }

    /** The older state, where the export reaches just its size. */
    private void linkIfThere(TwoRoots roots) {
        if (since != null && !linked && roots.size() == since.size()) {
            roots.mustBe(since.root(), "the older state");
            linked = true;
        }
    }

    private void link(BundleLine line, long size, byte @Nullable [] last) {
        if (since == null || linked || line.number("from") != since.size()) {
            return;
        }
        if (last == null || line.number("to") != size) {
            throw Unproved.unreadable("a consistency proof stands before the state that it is about");
        }
        linked = new Verification(hash).consistent(since.size(), since.root(), size, last, line.list("hashes"));
        if (!linked) {
            throw Unproved.because(
                    "the history does not continue the state of " + since.size() + " leaves that you kept");
        }
    }

    private static void notLinked(Checkpoint since, long size) {
        if (since.size() > size) {
            throw Unproved.because("the log has " + size + " leaves, and you kept a signed state of " + since.size()
                    + ": its end was cut off, or it was rolled back");
        }
        throw Unproved.unlinked("the export holds nothing that links it to the state of " + since.size()
                + " leaves that you kept: export again with since=" + since.size());
    }

    private Checkpoint checkpoint(String note, String whose) {
        Checkpoint state = SignedNote.open(note, key)
                .flatMap(Checkpoint::parse)
                .orElseThrow(() -> Unproved.because(whose + " is not signed by the key that you gave"));
        if (!state.origin().equals(key.name())) {
            throw Unproved.because(whose + " is of another log");
        }
        return state;
    }
}
