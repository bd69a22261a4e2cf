package io.byok.platform.tls;

import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** TLS where the operator names a certificate; the management port is loopback's and stays plain. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("byok.tls.certificate")
public class TlsWiring {

    private static final Logger log = LoggerFactory.getLogger(TlsWiring.class);
    private static final String BUNDLE = "byok";

    @Bean
    ServingCertificate servingCertificate(
            @Value("${byok.tls.certificate}") Path certificate, @Value("${byok.tls.key}") Path key) {
        return new ServingCertificate(certificate, key);
    }

    @Bean
    SslBundleRegistrar servingBundle(ServingCertificate certificate) {
        return registry -> {
            registry.registerBundle(BUNDLE, certificate.current());
            certificate.onChange(next -> registry.updateBundle(BUNDLE, next));
        };
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> controlPlaneSpeaksTls(SslBundles bundles) {
        return factory -> {
            Ssl ssl = Ssl.forBundle(BUNDLE);
            ssl.setEnabledProtocols(ServingCertificate.PROTOCOLS.toArray(String[]::new));
            factory.setSsl(ssl);
            factory.setSslBundles(bundles);
        };
    }

    /** Looks instead of listening: a mounted secret is replaced by moving a link, which few listeners see. */
    @Bean
    SmartLifecycle certificateWatch(
            ServingCertificate certificate, @Value("${byok.tls.reload:10s}") Duration interval) {
        return new CertificateWatch(
                () -> {
                    try {
                        boolean _ = certificate.look();
                    } catch (RuntimeException e) {
                        log.error("the certificate could not be replaced", e);
                    }
                },
                interval);
    }
}
