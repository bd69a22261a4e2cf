package io.byok.platform.access;

import io.byok.kernel.TenantId;
import io.byok.platform.seal.LookupHash;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires how tokens are recognised. */
@Configuration(proxyBeanMethods = false)
public class TokenWiring {

    /** The platform itself, as the owner of the key under which all tokens are hashed: a token names no tenant. */
    private static final TenantId PLATFORM = new TenantId(new UUID(0, 0));

    @Bean
    public TokenHasher tokenHasher(LookupHash hash) {
        return token -> hash.hash(PLATFORM, "api-token", token);
    }

    @Bean
    public WidgetTokens widgetTokens(LookupHash hash) {
        return new WidgetTokens(claims -> hash.hash(PLATFORM, "widget-token", claims));
    }
}
