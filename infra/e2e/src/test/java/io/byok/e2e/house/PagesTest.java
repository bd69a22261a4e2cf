package io.byok.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Documents that name what is not there mislead whoever trusts them. */
class PagesTest {

    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)(?:#[^)]*)?\\)");
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]+Test)`");

    @Test
    void every_link_to_a_file_leads_to_one() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                if (Files.notExists(page.resolveSibling(link.group(1)))) {
                    dead.add(House.ROOT.relativize(page) + " -> " + link.group(1));
                }
            }
        }
        assertThat(dead).as("links that lead nowhere").isEmpty();
    }

    @Test
    void every_test_that_is_said_to_prove_something_exists() throws IOException {
        Set<String> named = new TreeSet<>();
        for (Path page : pages()) {
            Matcher test = TEST.matcher(Files.readString(page));
            while (test.find()) {
                named.add(test.group(1));
            }
        }
        assertThat(named).as("tests that documents name").hasSizeGreaterThan(10);
        // Axon's own, which ours extends.
        named.remove("EventStorageEngineTest");
        named.removeAll(tests());
        assertThat(named).as("tests that documents name and nobody wrote").isEmpty();
    }

    @Test
    void every_decision_is_in_the_index() throws IOException {
        String index = Files.readString(House.ROOT.resolve("docs/decisions/README.md"));
        try (Stream<Path> files = Files.list(House.ROOT.resolve("docs/decisions"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.matches("\\d{4}-.*")))
                    .as("decisions")
                    .isNotEmpty()
                    .allMatch(name -> index.contains("(" + name + ")"));
        }
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (String folder : List.of("", "docs", "docs/decisions")) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(House.ROOT.resolve(folder), "*.md")) {
                found.forEach(pages::add);
            }
        }
        return pages;
    }

    private static Set<String> tests() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String rooms : List.of("", "infra")) {
            try (DirectoryStream<Path> modules = Files.newDirectoryStream(House.ROOT.resolve(rooms))) {
                for (Path module : modules) {
                    Path sources = module.resolve("src");
                    if (Files.isDirectory(sources)) {
                        try (Stream<Path> all = Files.walk(sources)) {
                            all.map(path -> path.getFileName().toString().replace(".java", ""))
                                    .filter(name -> name.endsWith("Test"))
                                    .forEach(names::add);
                        }
                    }
                }
            }
        }
        return names;
    }
}
