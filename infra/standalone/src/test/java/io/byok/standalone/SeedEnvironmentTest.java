package io.byok.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class SeedEnvironmentTest {

    @Test
    void the_names_of_the_guide_become_our_properties_with_their_units() {
        StandardEnvironment environment = with(Map.of(
                "BYOK_KEY_ROTATION_DAYS", "90",
                "BYOK_VALIDATION_TIMEOUT", "10000",
                "BYOK_CACHE_TTL", "300",
                "BYOK_CONNECTION_POOL_SIZE", "7",
                "BYOK_ENABLE_FALLBACK", "false",
                "DATABASE_URL", "postgresql://ada:secret@db/byok"));
        assertThat(environment.getProperty("byok.key.rotate-after", Duration.class))
                .isEqualTo(Duration.ofDays(90));
        assertThat(environment.getProperty("byok.validation.timeout", Duration.class))
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(environment.getProperty("byok.cache.ttl", Duration.class)).isEqualTo(Duration.ofMinutes(5));
        assertThat(environment.getProperty("spring.datasource.hikari.maximum-pool-size"))
                .isEqualTo("7");
        assertThat(environment.getProperty("byok.enable.fallback")).isEqualTo("false");
        assertThat(environment.getProperty("spring.datasource.url")).isEqualTo("jdbc:postgresql://db:5432/byok");
        assertThat(environment.getProperty("spring.datasource.password")).isEqualTo("secret");
    }

    @Test
    void an_empty_name_counts_as_unset() {
        assertThat(with(Map.of("DATABASE_URL", " ")).containsProperty("spring.datasource.url"))
                .isFalse();
    }

    private static StandardEnvironment with(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment() {
            @Override
            public Map<String, Object> getSystemEnvironment() {
                return variables;
            }
        };
        environment.setConversionService(new ApplicationConversionService());
        environment
                .getPropertySources()
                .replace("systemEnvironment", new SystemEnvironmentPropertySource("systemEnvironment", variables));
        new SeedEnvironment().postProcessEnvironment(environment, new SpringApplication());
        return environment;
    }
}
