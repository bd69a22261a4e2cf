package io.byok.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.kernel.merkle.MerkleHash;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BundleLineTest {

    private static final String USUAL = "{\"type\":\"leaf\",\"index\":17,\"hash\":\""
            + Base64.getEncoder().encodeToString(new byte[32]) + "\",\"leaf\":\""
            + Base64.getEncoder().encodeToString(new byte[] {1, 2, 3, 4}) + "\"}";
    private static final String ALPHABET = "{}[]\":,\\0123456789ABab=+/ tfn-.e\u00e9";

    /** What the verifier asks a leaf's line for, or what it is refused with. */
    private static String said(@Nullable BundleLine line) {
        if (line == null) {
            return "nothing";
        }
        try {
            line.prepare(new MerkleHash());
            byte[] stored = line.storedHash();
            return line.type()
                    + line.number("index")
                    + line.flag("pruned")
                    + Base64.getEncoder().encodeToString(line.leaf())
                    + Base64.getEncoder().encodeToString(line.leafHash(new MerkleHash()))
                    + (stored == null ? "" : Base64.getEncoder().encodeToString(stored))
                    + line.optional("purpose");
        } catch (Unproved refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    @Test
    void the_short_way_reads_what_the_long_way_reads() {
        assertThat(said(BundleLineParser.usual(1, USUAL)))
                .isEqualTo(said(BundleLineParser.any(1, USUAL)))
                .startsWith("leaf17false");
    }

    @Test
    void a_line_that_was_changed_anywhere_reads_the_same_either_way_or_goes_the_long_way() {
        Random random = new Random(7);
        int shortWays = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder changed = new StringBuilder(USUAL);
            for (int edit = 0; edit <= random.nextInt(2); edit++) {
                char other = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
                int at = random.nextInt(changed.length());
                switch (random.nextInt(3)) {
                    case 0 -> changed.setCharAt(at, other);
                    case 1 -> changed.insert(at, other);
                    default -> changed.deleteCharAt(at);
                }
            }
            String line = changed.toString();
            BundleLine usual = BundleLineParser.usual(1, line);
            if (usual != null) {
                shortWays++;
                assertThat(said(usual)).as(line).isEqualTo(said(BundleLineParser.any(1, line)));
            }
        }
        assertThat(shortWays).as("lines that were read the short way").isGreaterThan(1_000);
    }

    @Test
    void a_name_that_is_said_twice_is_refused() {
        assertThatThrownBy(() -> BundleLineParser.parse(3, "{\"type\":\"leaf\",\"index\":1,\"index\":2}"))
                .isInstanceOf(Unproved.class)
                .hasMessage("line 3 says index twice");
    }

    @Test
    void lines_come_in_their_order_and_the_first_bad_one_is_the_one_that_is_named() throws IOException {
        int good = 5_000;
        String text = IntStream.range(0, good)
                        .mapToObj(i -> "{\"type\":\"leaf\",\"index\":" + i + "}")
                        .collect(Collectors.joining("\n"))
                + "\nno line\n" + USUAL + "\nno line either";
        try (BundleLines lines = new BundleLines(new BufferedReader(new StringReader(text)))) {
            for (int i = 0; i < good; i++) {
                BundleLine line = lines.next();
                assertThat(line == null ? -1 : line.number("index")).isEqualTo(i);
            }
            assertThatThrownBy(lines::next).hasMessage("line " + (good + 1) + " is no JSON object");
        }
    }

    @Test
    void after_the_last_line_there_is_none() throws IOException {
        try (BundleLines lines = new BundleLines(new BufferedReader(new StringReader(USUAL + "\n")))) {
            assertThat(said(lines.next())).startsWith("leaf17");
            assertThat(lines.next()).isNull();
            assertThat(lines.next()).isNull();
        }
    }
}
