package io.byok.standalone;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/**
 * Understands the environment names that users of the guide already have, as properties of ours and of Spring's.
 *
 * <p>They stand just above the environment itself, because Spring would read {@code BYOK_CACHE_TTL=300} as
 * {@code byok.cache.ttl} too, and take the seconds for milliseconds. System properties and arguments still win.
 */
public final class SeedEnvironment implements EnvironmentPostProcessor {

    private static final String NAME = "byok seed names";
    private static final String ENABLE = "BYOK_ENABLE_";

    /** What one name becomes; days and milliseconds are written as the durations that Spring reads. */
    private record Meaning(String property, UnaryOperator<String> value) {}

    private static final Map<String, Meaning> MEANINGS = Map.of(
            "BYOK_KEY_ROTATION_DAYS", new Meaning("byok.key.rotate-after", days -> days + "d"),
            "BYOK_AUDIT_RETENTION_DAYS", new Meaning("byok.audit.retention", days -> days + "d"),
            "BYOK_VALIDATION_TIMEOUT", new Meaning("byok.validation.timeout", millis -> millis + "ms"),
            "BYOK_CACHE_TTL", new Meaning("byok.cache.ttl", seconds -> seconds + "s"),
            "BYOK_CONNECTION_POOL_SIZE",
                    new Meaning("spring.datasource.hikari.maximum-pool-size", UnaryOperator.identity()),
            "BYOK_MAX_CONNECTIONS", new Meaning("server.tomcat.max-connections", UnaryOperator.identity()),
            "BYOK_ENCRYPTION_KEY", new Meaning("byok.encryption-key", UnaryOperator.identity()),
            "BYOK_PREVIOUS_ENCRYPTION_KEY", new Meaning("byok.previous-encryption-key", UnaryOperator.identity()),
            "KAFKA_BOOTSTRAP_SERVERS", new Meaning("byok.kafka.bootstrap-servers", UnaryOperator.identity()));

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        addTo(environment);
    }

    /** Puts what the names mean into an environment. */
    void addTo(ConfigurableEnvironment environment) {
        Map<String, Object> properties = new LinkedHashMap<>();
        environment.getSystemEnvironment().forEach((name, value) -> {
            Meaning meaning = MEANINGS.get(name);
            String text = value.toString().strip();
            if (text.isEmpty()) {
                return; // as unset: compose files and shells leave such behind
            }
            if (meaning != null) {
                properties.put(meaning.property(), meaning.value().apply(text));
            } else if (name.startsWith(ENABLE)) {
                String feature =
                        name.substring(ENABLE.length()).toLowerCase(Locale.ROOT).replace('_', '-');
                properties.put("byok.enable." + feature, text);
            } else if (name.equals("DATABASE_URL")) {
                putDatabase(DatabaseAddress.parse(text), properties);
            }
        });
        MutablePropertySources sources = environment.getPropertySources();
        MapPropertySource named = new MapPropertySource(NAME, properties);
        if (sources.contains(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)) {
            sources.addBefore(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, named);
        } else {
            sources.addLast(named);
        }
    }

    private static void putDatabase(DatabaseAddress address, Map<String, Object> properties) {
        properties.put("spring.datasource.url", address.jdbcUrl());
        if (address.username() != null) {
            properties.put("spring.datasource.username", address.username());
        }
        if (address.password() != null) {
            properties.put("spring.datasource.password", address.password());
        }
    }
}
