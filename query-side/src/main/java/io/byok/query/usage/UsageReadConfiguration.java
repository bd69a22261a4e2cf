package io.byok.query.usage;

import java.time.InstantSource;
import org.jooq.DSLContext;
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
    UsageReader usageReader(DSLContext jooq) {
        return new UsageReader(jooq, InstantSource.system());
    }
}
