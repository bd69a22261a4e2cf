package io.byok.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The query side's own test looks that some classes are absent from its class path; a misspelt name would be absent too.
 * Here, where both sides are, every one of those names must be found.
 */
class QuerySideNamesTest {

    @Test
    void what_is_absent_there_exists_here() throws IOException {
        String test = Files.readString(House.ROOT.resolve("query-side/src/test/java/io/byok/query/ClasspathTest.java"));
        List<String> names = Pattern.compile("\"((?:io|org)\\.[\\w.]+)\"")
                .matcher(test)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        assertThat(names).contains(Secrets.SECRET_BYTES, Secrets.CREDENTIAL);
        assertThat(names).allSatisfy(name -> assertThatNoException().isThrownBy(() -> Class.forName(name)));
    }
}
