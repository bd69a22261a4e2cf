package io.byok.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** One reader, one screen: files aim at 40 to 120 lines. */
class FileSizeTest {

    private static final int HARD = 270;
    private static final int HARD_LOOK = 200;

    @Test
    void no_file_is_longer_than_a_person_can_hold_in_mind() throws IOException {
        List<Path> sources = sources();
        Map<String, Long> tall = new TreeMap<>();
        for (Path file : sources) {
            try (Stream<String> lines = Files.lines(file)) {
                long count = lines.count();
                if (count > HARD_LOOK) {
                    tall.put(House.ROOT.relativize(file).toString(), count);
                }
            }
        }
        LoggerFactory.getLogger(FileSizeTest.class).warn("files that want a hard look: {}", tall);
        assertThat(sources).as("files looked at").hasSizeGreaterThan(100);
        assertThat(tall.values())
                .as("lines of a file, of %s", tall)
                .allSatisfy(lines -> assertThat(lines).isLessThanOrEqualTo(HARD));
    }

    /** Every source file of the product. */
    static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String rooms : List.of("", "infra")) {
            try (DirectoryStream<Path> modules = Files.newDirectoryStream(House.ROOT.resolve(rooms))) {
                for (Path module : modules) {
                    Path main = module.resolve("src/main/java");
                    if (Files.isDirectory(main)) {
                        try (Stream<Path> all = Files.walk(main)) {
                            all.filter(path -> path.toString().endsWith(".java"))
                                    .forEach(sources::add);
                        }
                    }
                }
            }
        }
        return sources;
    }
}
