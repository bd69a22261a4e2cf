package io.byok.query.key;

import io.byok.query.wall.TenantReads;
import java.time.Duration;
import java.time.InstantSource;
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
    KeyReader keyReader(TenantReads reads, @Value("${byok.key.rotate-after:90d}") Duration rotateAfter) {
        return new KeyReader(reads.dsl(), InstantSource.system(), rotateAfter);
    }
}
