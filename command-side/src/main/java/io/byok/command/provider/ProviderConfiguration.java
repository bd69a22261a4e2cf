package io.byok.command.provider;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Loads the catalogue at start; {@code byok.providers.dir} names the operator's directory. */
@Configuration(proxyBeanMethods = false)
class ProviderConfiguration {

    @Bean
    Catalogue catalogue(@Value("${byok.providers.dir:}") String directory) {
        return Catalogue.load(directory.isBlank() ? null : Path.of(directory));
    }
}
