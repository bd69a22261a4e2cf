package io.byok.query.web;

import io.byok.platform.seal.LookupHash;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what the read controllers share. */
@Configuration(proxyBeanMethods = false)
public class ReadWebConfiguration {

    /** The tenant's look-up key: the same on every node, and nothing to configure. */
    @Bean
    CursorKey cursorKey(LookupHash hash) {
        return (tenant, content) -> hash.hash(tenant, "cursor", content);
    }

    @Bean
    Cursors cursors(CursorKey key) {
        return new Cursors(key);
    }
}
