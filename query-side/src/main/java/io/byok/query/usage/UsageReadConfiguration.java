package io.byok.query.usage;

import io.byok.query.wall.TenantReads;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires usage. */
@Configuration(proxyBeanMethods = false)
public class UsageReadConfiguration {

    @Bean
    UsageProjector usageProjector() {
        return new UsageProjector();
    }

    @Bean
    UsageReader usageReader(TenantReads reads) {
        return new UsageReader(reads.dsl(), InstantSource.system());
    }
}
