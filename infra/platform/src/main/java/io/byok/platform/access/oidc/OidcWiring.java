package io.byok.platform.access.oidc;

import io.byok.platform.access.TokenHasher;
import io.byok.platform.access.TokenVerifier;
import io.byok.platform.outbound.Outbound;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the issuer, where one is set. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("byok.oidc.issuer")
@EnableConfigurationProperties(OidcSettings.class)
class OidcWiring {

    @Bean
    OidcTokens oidcTokens(OidcSettings settings, Outbound outbound, TokenHasher hasher, TokenVerifier tokens) {
        return new OidcTokens(settings, outbound, hasher, tokens);
    }
}
