package io.byok.query.paging;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires cursors. */
@Configuration(proxyBeanMethods = false)
public class PagingConfiguration {

    @Bean
    Cursors cursors(CursorKey key) {
        return new Cursors(key);
    }
}
