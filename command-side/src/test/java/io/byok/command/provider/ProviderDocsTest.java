package io.byok.command.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Rewrite the page with {@code -Dbyok.rewrite=true}. */
class ProviderDocsTest {

    private static final Path PAGE = Path.of("..", "docs", "providers.md");

    @Test
    void the_page_about_providers_is_what_the_catalogue_says() throws IOException {
        String page = ProviderDocs.page(Catalogue.load(null));
        if (Boolean.getBoolean("byok.rewrite")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }
}
