package io.byok.platform.web.page;

import io.byok.platform.seal.LookupHash;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what lists share. */
@Configuration(proxyBeanMethods = false)
public class PageWiring {

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
