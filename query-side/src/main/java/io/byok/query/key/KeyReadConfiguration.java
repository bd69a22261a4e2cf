package io.byok.query.key;

import java.time.Duration;
import java.time.InstantSource;
import org.jooq.DSLContext;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the key list. */
@Configuration(proxyBeanMethods = false)
public class KeyReadConfiguration {

    @Bean
    KeyProjector keyProjector() {
        return new KeyProjector();
    }

    @Bean
    KeyReader keyReader(DSLContext jooq, @Value("${byok.key-rotation-days:90}") long rotationDays) {
        return new KeyReader(jooq, InstantSource.system(), Duration.ofDays(rotationDays));
    }
}
