package io.byok.kernel.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.kernel.merkle.CompactRange;
import io.byok.kernel.merkle.MerkleHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LeafTest {

    private static final Path PAGE = Path.of("../docs/audit.md");
    private static final Pattern EXAMPLE = Pattern.compile("### Example: (.+)\n\n((?:    .+\n)+)");
    private static final HexFormat HEX = HexFormat.of();

    private final MerkleHash hash = new MerkleHash();

    /** Golden: what stands on the page is what every version makes. */
    @Test
    void the_worked_examples_of_the_documentation_are_the_leaves_that_are_made() throws IOException {
        Set<String> seen = new HashSet<>();
        for (MatchResult example :
                EXAMPLE.matcher(Files.readString(PAGE)).results().toList()) {
            String name = example.group(1);
            if (name.equals("a tree of these three")) {
                continue;
            }
            seen.add(name);
            assertThat(bytes(example.group(2)))
                    .as(name)
                    .isEqualTo(HEX.formatHex(LeafSamples.all().get(name)));
        }
        assertThat(seen).isEqualTo(LeafSamples.all().keySet());
    }

    @Test
    void the_hashes_and_the_root_on_the_page_are_those_of_the_examples() throws IOException {
        String page = Files.readString(PAGE);
        CompactRange range = new CompactRange(hash);
        LeafSamples.all().values().forEach(leaf -> {
            assertThat(page).contains(HEX.formatHex(hash.leaf(leaf)));
            range.append(hash.leaf(leaf));
        });
        assertThat(page).contains(HEX.formatHex(range.root()));
    }

    /** The first column is bytes, what stands behind it is for people. */
    private static String bytes(String table) {
        StringBuilder hex = new StringBuilder();
        table.lines().forEach(line -> hex.append(line.strip().split("  ")[0].replace(" ", "")));
        return hex.toString();
    }

    @Test
    void a_leaf_is_read_as_it_was_made() {
        LeafSamples.all()
                .values()
                .forEach(bytes -> assertThat(Leaf.parse(bytes).bytes()).isEqualTo(bytes));
    }

    @Test
    void one_fact_has_one_text_of_bytes() {
        for (byte[] bytes : LeafSamples.all().values()) {
            for (int cut = 0; cut < bytes.length; cut++) {
                byte[] shorter = Arrays.copyOf(bytes, cut);
                assertThatThrownBy(() -> Leaf.parse(shorter)).isInstanceOf(IllegalArgumentException.class);
            }
            byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
            assertThatThrownBy(() -> Leaf.parse(longer)).isInstanceOf(IllegalArgumentException.class);
            for (int at = 0; at < bytes.length; at++) {
                byte[] other = bytes.clone();
                other[at] ^= 1;
                try {
                    assertThat(Leaf.parse(other).bytes()).as("byte %d", at).isEqualTo(other);
                } catch (IllegalArgumentException refused) {
                    assertThat(refused).hasMessageNotContainingAny("openai", "tok_");
                }
            }
        }
    }

    @Test
    void words_are_committed_to_one_by_one() {
        byte[] blind = new byte[32];
        Set<String> commitments = new HashSet<>();
        for (Words words : new Words[] {
            new Words("a", null, null),
            new Words("a", "b", null),
            new Words("a", null, "b"),
            new Words("ab", null, null),
            new Words("", "a", "b"),
            new Words("a", "", null)
        }) {
            commitments.add(HEX.formatHex(words.commitment(blind, hash)));
        }
        assertThat(commitments).hasSize(6);
    }

    @Test
    void a_checkpoint_is_read_in_its_own_form_only() {
        Checkpoint checkpoint = new Checkpoint("byok.audit/x/ten_1", 7, hash.empty());
        assertThat(Checkpoint.parse(checkpoint.text()).orElseThrow().text()).isEqualTo(checkpoint.text());
        String text = checkpoint.text();
        for (String bad : new String[] {
            text.replace("\n7\n", "\n07\n"),
            text.replace("\n7\n", "\n-7\n"),
            text.replace("\n7\n", "\n+7\n"),
            text.replace("\n7\n", "\n\n"),
            text.substring(0, text.length() - 1),
            text.replace("=\n", "\n"),
            "\n" + text,
            ""
        }) {
            assertThat(Checkpoint.parse(bad)).as(bad).isEmpty();
        }
    }
}
