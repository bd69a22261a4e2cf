package io.byok.command.use;

import io.byok.platform.tls.ServingCertificate;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;

/** TLS of the data plane: the certificate of the control plane, with every later one. */
final class DataPlaneTls {

    private static final Logger log = LoggerFactory.getLogger(DataPlaneTls.class);
    private static final Set<String> PROTOCOLS = new LinkedHashSet<>(ServingCertificate.PROTOCOLS);

    private final ServingCertificate certificate;
    private final AtomicReference<@Nullable HttpServer> listener = new AtomicReference<>();

    DataPlaneTls(ServingCertificate certificate) {
        this.certificate = certificate;
        certificate.onChange(this::replace);
    }

    HttpServerOptions on(HttpServerOptions options) {
        return options.setSsl(true)
                .setKeyCertOptions(keys(certificate.current()))
                .setEnabledSecureTransportProtocols(PROTOCOLS);
    }

    /** From now on this one is given what comes; none when absent. */
    void follow(@Nullable HttpServer server) {
        listener.set(server);
    }

    private void replace(SslBundle next) {
        HttpServer server = listener.get();
        if (server != null) {
            // Open connections go on with what they have; when it fails, new ones do too.
            server.updateSSLOptions(
                            new ServerSSLOptions()
                                    .setKeyCertOptions(keys(next))
                                    .setEnabledSecureTransportProtocols(PROTOCOLS),
                            true)
                    .onFailure(refused -> log.error("the data plane keeps its old certificate", refused));
        }
    }

    private static KeyCertOptions keys(SslBundle bundle) {
        return KeyCertOptions.wrap(bundle.getManagers().getKeyManagerFactory());
    }
}
