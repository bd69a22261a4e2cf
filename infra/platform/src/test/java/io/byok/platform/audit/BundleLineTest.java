package io.byok.platform.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.kernel.merkle.MerkleHash;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
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
        try (BundleLines lines = new BundleLines(new ByteArrayInputStream(text.getBytes(UTF_8)))) {
            for (int i = 0; i < good; i++) {
                BundleLine line = lines.next();
                assertThat(line == null ? -1 : line.number("index")).isEqualTo(i);
            }
            assertThatThrownBy(lines::next).hasMessage("line " + (good + 1) + " is no JSON object");
        }
    }

    @Test
    void a_bad_line_before_one_without_end_is_the_one_that_is_named() throws IOException {
        String endless = "x".repeat(3 << 20);
        for (String before : List.of("no line\n", USUAL + "\n")) {
            try (BundleLines lines = new BundleLines(new ByteArrayInputStream((before + endless).getBytes(UTF_8)))) {
                if (before.startsWith("{")) {
                    assertThat(said(lines.next())).startsWith("leaf17");
                    assertThatThrownBy(lines::next).hasMessageStartingWith("line 2 is longer than ");
                } else {
                    assertThatThrownBy(lines::next).hasMessage("line 1 is no JSON object");
                }
            }
        }
    }

    @Test
    void after_the_last_line_there_is_none() throws IOException {
        try (BundleLines lines = new BundleLines(new ByteArrayInputStream((USUAL + "\n").getBytes(UTF_8)))) {
            assertThat(said(lines.next())).startsWith("leaf17");
            assertThat(lines.next()).isNull();
            assertThat(lines.next()).isNull();
        }
    }

    @Test
    void words_in_other_letters_are_read_and_what_is_no_utf8_is_refused_by_its_line() throws IOException {
        String words = "{\"type\":\"leaf\",\"purpose\":\"na\u00efve \ud83d\udd11\"}";
        byte[] good = (words + "\r\n" + words).getBytes(UTF_8);
        byte[] bad = ("\n" + words).getBytes(ISO_8859_1);
        byte[] both = Arrays.copyOf(good, good.length + bad.length);
        System.arraycopy(bad, 0, both, good.length, bad.length);
        try (BundleLines lines = new BundleLines(new ByteArrayInputStream(both))) {
            for (int i = 0; i < 2; i++) {
                BundleLine line = lines.next();
                assertThat(line == null ? null : line.text("purpose")).isEqualTo("na\u00efve \ud83d\udd11");
            }
            assertThatThrownBy(lines::next).hasMessage("line 3 is not UTF-8");
        }
    }

    @Test
    void lines_of_any_length_come_whole_however_they_lie_in_what_is_read() throws IOException {
        Random random = new Random(5);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            texts.add("{\"type\":\"" + "x".repeat(random.nextInt(i % 50 == 0 ? 900_000 : 4_000)) + "\"}");
        }
        InputStream all = new ByteArrayInputStream(String.join("\n", texts).getBytes(UTF_8));
        InputStream dribbling = new FilterInputStream(all) {
            @Override
            public int read(byte[] into, int at, int length) throws IOException {
                return super.read(into, at, Math.min(length, 1 + random.nextInt(50_000)));
            }
        };
        try (BundleLines lines = new BundleLines(dribbling)) {
            for (String text : texts) {
                BundleLine line = lines.next();
                assertThat(line == null ? null : "{\"type\":\"" + line.type() + "\"}")
                        .isEqualTo(text);
            }
            assertThat(lines.next()).isNull();
        }
    }
}
