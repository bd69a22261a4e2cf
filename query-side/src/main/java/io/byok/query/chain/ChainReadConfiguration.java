package io.byok.query.chain;

import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the chains. */
@Configuration(proxyBeanMethods = false)
public class ChainReadConfiguration {

    @Bean
    ChainProjector chainProjector() {
        return new ChainProjector();
    }

    @Bean
    ChainReader chainReader(DSLContext jooq) {
        return new ChainReader(jooq);
    }
}
