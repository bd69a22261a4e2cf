package io.byok.platform.outbound;

import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the way out. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutboundSettings.class)
public class OutboundWiring {

    private static final Logger LOG = LoggerFactory.getLogger(OutboundWiring.class);

    @Bean
    Outbound outbound(OutboundSettings settings) {
        if (settings.developmentTarget() != null) {
            LOG.warn(
                    "EVERY CALL TO A PROVIDER GOES TO {} IN CLEAR TEXT (byok.outbound.development-target): never in production",
                    settings.developmentTarget());
        }
        return new Outbound(SystemDefaultDnsResolver.INSTANCE, settings);
    }
}
