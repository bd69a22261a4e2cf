package io.byok.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/configuration.md names every setting that the code reads. */
class ConfigurationPageTest {

    /** {@code "${byok.x:default}"}, {@code getenv("BYOK_X")}, a quoted environment name, a bound prefix. */
    private static final Pattern SETTING =
            Pattern.compile("\\$\\{(byok\\.[a-z.-]+)|\"(BYOK_[A-Z_]*[A-Z]|DATABASE_URL|KAFKA_BOOTSTRAP_SERVERS)\"|"
                    + "@ConfigurationProperties\\(\"(byok\\.[a-z.-]+)\"\\)");

    @Test
    void every_setting_is_on_the_page() throws IOException {
        String page = Files.readString(House.ROOT.resolve("docs/configuration.md"));
        Set<String> read = new TreeSet<>();
        for (var file : FileSizeTest.sources()) {
            if (!file.toString().contains("testkit")) {
                Matcher found = SETTING.matcher(Files.readString(file));
                while (found.find()) {
                    for (int group = 1; group <= found.groupCount(); group++) {
                        if (found.group(group) != null) {
                            read.add(found.group(group));
                        }
                    }
                }
            }
        }
        assertThat(read).as("settings that the code reads").contains("byok.http", "byok.data-dir", "DATABASE_URL");
        assertThat(read).as("settings that docs/configuration.md does not name").allMatch(page::contains);
    }

    /** What a kind of root asks for, in the package that has the kind's name. */
    private static final Pattern OF_A_ROOT =
            Pattern.compile("settings\\s*\\.(?:need|get|find|path|address)\\(\"([a-z-]+)\"");

    /** Packages are named after the vendor, kinds after what the vendor sells. */
    private static final Map<String, String> CLOUDS =
            Map.of("aws", "aws-kms", "google", "google-kms", "azure", "azure-keyvault");

    @Test
    void every_setting_of_every_kind_of_root_is_on_the_page() throws IOException {
        String page = Files.readString(House.ROOT.resolve("docs/configuration.md"));
        Set<String> read = new TreeSet<>();
        for (var file : FileSizeTest.sources()) {
            String kind = String.valueOf(file.getParent().getFileName());
            String word = CLOUDS.getOrDefault(kind, kind);
            if (file.toString().contains("/seal/" + kind + "/")
                    || file.toString().contains("/kms/" + kind + "/")) {
                Matcher found = OF_A_ROOT.matcher(Files.readString(file));
                while (found.find()) {
                    read.add("byok.kek." + word + "." + found.group(1));
                }
            }
        }
        assertThat(read)
                .contains("byok.kek.transit.token-file", "byok.kek.pkcs11.library")
                .contains("byok.kek.aws-kms.region", "byok.kek.google-kms.key-ring")
                .contains("byok.kek.azure-keyvault.vault");
        assertThat(read).as("settings that docs/configuration.md does not name").allMatch(page::contains);
    }
}
