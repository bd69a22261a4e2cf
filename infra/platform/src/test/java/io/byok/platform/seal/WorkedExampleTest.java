package io.byok.platform.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The example in docs/vault.md is true. */
class WorkedExampleTest {

    private static final Pattern LINE = Pattern.compile("(?m)^([a-z]+) *= ([0-9a-f]+)$");

    @Test
    void the_example_in_the_documentation_seals_and_opens_as_printed() throws IOException {
        Map<String, byte[]> example = example();
        SealingKey key = SealingKey.owning(Samples.DATA_KEY, 2, part(example, "key"));
        byte[] sealed = Suite1.seal(key, Samples.secret(), part(example, "plaintext"), part(example, "salt"));

        assertThat(part(example, "place")).isEqualTo(Samples.secret().bytes());
        ByteBuffer parts = ByteBuffer.wrap(sealed);
        for (String name : new String[] {"header", "salt", "commitment", "ciphertext", "tag"}) {
            byte[] printed = part(example, name);
            byte[] actual = new byte[printed.length];
            parts.get(actual);
            assertThat(actual).as(name).isEqualTo(printed);
        }
        assertThat(parts.hasRemaining()).isFalse();
        assertThat(Suite1.open(key, Samples.secret(), sealed)).isEqualTo(part(example, "plaintext"));
    }

    private static byte[] part(Map<String, byte[]> example, String name) {
        byte[] part = example.get(name);
        if (part == null) {
            throw new AssertionError("docs/vault.md has no " + name);
        }
        return part.clone();
    }

    private static Map<String, byte[]> example() throws IOException {
        String page = Files.readString(Path.of("../../docs/vault.md"));
        String example = page.substring(page.indexOf("<!-- example -->"), page.indexOf("## The keyring file"));
        return LINE.matcher(example).results().collect(Collectors.toMap(m -> m.group(1), m -> hex(m.group(2))));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
