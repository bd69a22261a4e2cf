package io.byok.query.chain;

import io.byok.query.wall.TenantReads;
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
    ChainReader chainReader(TenantReads reads) {
        return new ChainReader(reads.dsl());
    }
}
