package io.byok.platform.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where calls go.
 *
 * @param developmentTarget for development and tests only: every call goes there, in clear text, whatever its host; a
 *     loopback address with a port, such as {@code http://127.0.0.1:9000}
 */
@ConfigurationProperties("byok.outbound")
public record OutboundSettings(@Nullable URI developmentTarget) {

    public OutboundSettings {
        if (developmentTarget != null && !isLoopback(developmentTarget)) {
            throw new IllegalArgumentException(
                    "byok.outbound.development-target must be http://127.0.0.1:PORT: keys are sent there unprotected");
        }
    }

    private static boolean isLoopback(URI target) {
        try {
            return "http".equals(target.getScheme())
                    && target.getPort() > 0
                    && target.getHost() != null
                    && InetAddress.getByName(target.getHost()).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
