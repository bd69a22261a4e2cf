package io.byok.kernel.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MerkleTreeTest {

    /** The leaves that Certificate Transparency's own tests use. */
    private static final List<byte[]> CT = Stream.of(
                    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
            .map(HexFormat.of()::parseHex)
            .toList();

    private static final int SIZES = 300;

    private static final List<byte[]> LEAVES = IntStream.range(0, SIZES)
            .mapToObj(i -> ByteBuffer.allocate(4).putInt(i).array())
            .toList();

    private final MerkleHash hash = new MerkleHash();
    private final Verification verification = new Verification(hash);
    private final NaiveTree naive = new NaiveTree();
    private final Tiles tiles = NaiveTree.tiles(LEAVES);
    private final Proofs proofs = new Proofs(hash, tiles);

    @ParameterizedTest
    @CsvSource({
        "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    })
    void the_roots_over_the_leaves_of_certificate_transparency_are_the_published_ones(int size, String root) {
        CompactRange range = new CompactRange(hash);
        CT.subList(0, size).forEach(leaf -> range.append(hash.leaf(leaf)));
        assertThat(HexFormat.of().formatHex(range.root())).isEqualTo(root);
        assertThat(naive.root(CT.subList(0, size))).isEqualTo(range.root());
    }

    @Test
    void every_root_and_proof_up_to_300_leaves_is_the_one_of_the_definition_and_verifies() {
        CompactRange range = new CompactRange(hash);
        for (int size = 0; size <= SIZES; size++) {
            if (size > 0) {
                range.append(hash.leaf(LEAVES.get(size - 1)));
            }
            List<byte[]> leaves = LEAVES.subList(0, size);
            byte[] root = naive.root(leaves);
            assertThat(range.root()).isEqualTo(root);
            assertThat(proofs.root(size)).isEqualTo(root);
            assertThat(new CompactRange(hash, size, range.edge()).root()).isEqualTo(root);
            for (int index = 0; index < size; index++) {
                List<byte[]> path = proofs.inclusion(index, size);
                if (size < 40 || index % 17 == 0) {
                    assertSame(path, naive.path(index, leaves));
                }
                assertThat(verification.includes(hash.leaf(LEAVES.get(index)), index, size, path, root))
                        .isTrue();
            }
            for (int from = 1; from <= size; from++) {
                List<byte[]> proof = proofs.consistency(from, size);
                if (size < 40 || from % 17 == 0) {
                    assertSame(proof, naive.proof(from, leaves));
                }
                assertThat(verification.consistent(from, proofs.root(from), size, root, proof))
                        .isTrue();
            }
        }
    }

    private static void assertSame(List<byte[]> one, List<byte[]> other) {
        assertThat(one).hasSameSizeAs(other);
        IntStream.range(0, one.size()).forEach(i -> assertThat(one.get(i)).isEqualTo(other.get(i)));
    }

    @Test
    void no_proof_is_accepted_for_another_place_size_or_root_nor_when_anything_in_it_was_changed() {
        for (int size = 1; size <= 70; size++) {
            byte[] root = proofs.root(size);
            for (int index = 0; index < size; index++) {
                List<byte[]> path = proofs.inclusion(index, size);
                byte[] leaf = hash.leaf(LEAVES.get(index));
                for (int other = 0; other < size; other++) {
                    if (other != index) {
                        assertThat(verification.includes(leaf, other, size, path, root))
                                .isFalse();
                    }
                }
                for (List<byte[]> bad : damaged(path)) {
                    assertThat(verification.includes(leaf, index, size, bad, root))
                            .isFalse();
                }
                assertThat(verification.includes(leaf, -1, size, path, root)).isFalse();
                assertThat(verification.includes(leaf, size, size, path, root)).isFalse();
                assertThat(verification.includes(flipped(leaf), index, size, path, root))
                        .isFalse();
                assertThat(verification.includes(leaf, index, size, path, flipped(root)))
                        .isFalse();
            }
        }
    }

    @Test
    void no_path_is_accepted_at_a_size_whose_tree_has_another_shape_there() {
        for (int size = 1; size <= 70; size++) {
            for (int index = 0; index < size; index++) {
                List<byte[]> path = proofs.inclusion(index, size);
                for (int other = index + 1; other <= 140; other++) {
                    boolean sameSize = other == size;
                    // The real root of the other size: only the right proof may lead to it.
                    assertThat(verification.includes(
                                    hash.leaf(LEAVES.get(index)), index, other, path, proofs.root(other)))
                            .isEqualTo(sameSize);
                }
            }
        }
    }

    @Test
    void no_consistency_is_accepted_between_other_sizes_or_roots_nor_with_a_changed_proof() {
        for (int to = 1; to <= 70; to++) {
            byte[] root = proofs.root(to);
            for (int from = 1; from < to; from++) {
                byte[] old = proofs.root(from);
                List<byte[]> proof = proofs.consistency(from, to);
                for (List<byte[]> bad : damaged(proof)) {
                    assertThat(verification.consistent(from, old, to, root, bad))
                            .isFalse();
                }
                assertThat(verification.consistent(from, flipped(old), to, root, proof))
                        .isFalse();
                assertThat(verification.consistent(from, old, to, flipped(root), proof))
                        .isFalse();
                assertThat(verification.consistent(from, old, to, root, List.of()))
                        .isFalse();
                for (int other = 1; other <= to; other++) {
                    if (other != from) {
                        assertThat(verification.consistent(other, old, to, root, proof))
                                .isFalse();
                        assertThat(verification.consistent(other, proofs.root(other), to, root, proof))
                                .isFalse();
                    }
                }
                assertThat(verification.consistent(to, root, from, old, proof)).isFalse();
            }
            assertThat(verification.consistent(to, root, to, root, List.of(root)))
                    .isFalse();
            assertThat(verification.consistent(to, root, to, flipped(root), List.of()))
                    .isFalse();
            assertThat(verification.consistent(0, root, to, root, List.of())).isFalse();
            assertThat(verification.consistent(0, hash.empty(), to, root, List.of()))
                    .isTrue();
        }
    }

    private static List<List<byte[]>> damaged(List<byte[]> proof) {
        List<List<byte[]>> all = new ArrayList<>();
        for (int i = 0; i < proof.size(); i++) {
            List<byte[]> changed = new ArrayList<>(proof);
            changed.set(i, flipped(proof.get(i)));
            all.add(changed);
            List<byte[]> cut = new ArrayList<>(proof);
            cut.set(i, Arrays.copyOf(proof.get(i), 31));
            all.add(cut);
            List<byte[]> shorter = new ArrayList<>(proof);
            shorter.remove(i);
            all.add(shorter);
            List<byte[]> longer = new ArrayList<>(proof);
            longer.add(i, proof.get(i));
            all.add(longer);
            if (i > 0) {
                List<byte[]> swapped = new ArrayList<>(proof);
                swapped.set(i, proof.get(i - 1));
                swapped.set(i - 1, proof.get(i));
                all.add(swapped);
            }
        }
        List<byte[]> extended = new ArrayList<>(proof);
        extended.add(new byte[32]);
        all.add(extended);
        return all;
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] other = bytes.clone();
        other[new Random(bytes[0]).nextInt(other.length)] ^= 1;
        return other;
    }

    @Test
    void a_part_of_a_tree_leads_to_the_root_with_what_lies_beside_it() {
        for (int size = 1; size <= 130; size += 3) {
            for (int from = 0; from < size; from += 5) {
                for (int to = from; to <= size; to += 7) {
                    CompactRange range = new CompactRange(hash, from, proofs.between(0, from));
                    LEAVES.subList(from, to).forEach(leaf -> range.append(hash.leaf(leaf)));
                    long at = to;
                    for (byte[] root : proofs.between(to, size)) {
                        int level = Proofs.level(at, size);
                        range.append(level, root);
                        at += 1L << level;
                    }
                    assertThat(range.root()).isEqualTo(proofs.root(size));
                }
            }
        }
    }

    @Test
    void a_proof_for_a_hundred_million_leaves_needs_a_handful_of_tiles() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            long size = 1 + random.nextLong(100_000_000);
            Tiles.Needed needed = new Tiles.Needed();
            new Proofs(hash, needed).inclusion(random.nextLong(size), size);
            assertThat(needed.tiles()).hasSizeLessThanOrEqualTo(8);
        }
    }

    @Test
    void a_hash_that_is_not_there_is_named() {
        Tiles cut = new Tiles(hash, Map.of(new Tiles.Tile(0, 0), new byte[32 * 3]));
        assertThatThrownBy(() -> new Proofs(hash, cut).root(4))
                .isInstanceOf(MissingNode.class)
                .hasMessage("the hash at level 0, index 3 is missing");
    }
}
