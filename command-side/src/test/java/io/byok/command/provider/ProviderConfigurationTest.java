package io.byok.command.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.support.SpringFactoriesLoader;

class ProviderConfigurationTest {

    @TempDir
    private Path operators;

    @Test
    void without_a_setting_the_shipped_catalogue_is_there() {
        try (AnnotationConfigApplicationContext context = started(Map.of())) {
            assertThat(context.getBean(Catalogue.class).find("openai")).isPresent();
        }
    }

    @Test
    void a_broken_operators_file_ends_the_start_with_one_line() throws IOException {
        Files.writeString(operators.resolve("mine.yaml"), "id: mine\nnmae: Mine\n");

        assertThatThrownBy(() -> started(Map.of("byok.providers.dir", operators.toString())))
                .satisfies(failure -> {
                    FailureAnalysis analysis = analysis(failure);
                    assertThat(analysis.getDescription())
                            .startsWith("provider catalogue: " + operators.resolve("mine.yaml") + ", line ")
                            .doesNotContain("\n");
                });
    }

    private static AnnotationConfigApplicationContext started(Map<String, Object> settings) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings));
        context.register(ProviderConfiguration.class);
        context.refresh();
        return context;
    }

    /** By the analyzer that the start finds for itself; some of the others need a bean factory to be made. */
    private static FailureAnalysis analysis(Throwable failure) {
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, (type, name, notOurs) -> {})
                .stream()
                .filter(BrokenCatalogueAnalyzer.class::isInstance)
                .map(analyzer -> analyzer.analyze(failure))
                .findFirst()
                .orElseThrow();
    }
}
