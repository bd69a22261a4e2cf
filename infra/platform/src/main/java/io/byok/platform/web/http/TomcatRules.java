package io.byok.platform.web.http;

import org.apache.catalina.core.StandardHost;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** How the container must behave for the guards' promises to hold from the first byte on. */
final class TomcatRules implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final HttpSettings settings;

    TomcatRules(HttpSettings settings) {
        this.settings = settings;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ProblemReportValve.class.getName());
            }
        });
        factory.addConnectorCustomizers(connector -> {
            connector.setXpoweredBy(false);
            connector.setAllowTrace(false); // an echo of headers holds the token
            // A user id may hold a slash or a backslash; routing reads the raw path, where they stay escaped.
            connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
            connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
            if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
                int patience = Math.toIntExact(settings.bodyTimeout().toMillis());
                http.setConnectionTimeout(patience);
                http.setConnectionUploadTimeout(patience);
                http.setServer(null);
            }
        });
    }
}
