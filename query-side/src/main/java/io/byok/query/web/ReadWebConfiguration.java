package io.byok.query.web;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what the read controllers share. */
@Configuration(proxyBeanMethods = false)
public class ReadWebConfiguration {

    @Bean
    Cursors cursors(CursorKey key) {
        return new Cursors(key);
    }
}
