package io.byok.platform.web.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of a request, applied before anything parses it.
 *
 * @param bodyLimit the largest body
 * @param usageBodyLimit the largest batch of usage records
 * @param bodyTimeout how long a whole body may take to arrive
 */
@ConfigurationProperties("byok.http")
record HttpSettings(
        @DefaultValue("64KB") DataSize bodyLimit,
        @DefaultValue("1MB") DataSize usageBodyLimit,
        @DefaultValue("10s") Duration bodyTimeout) {

    private static final String USAGE = "/v1/usage";

    int bodyLimit(String path) {
        return Math.toIntExact((path.equals(USAGE) ? usageBodyLimit : bodyLimit).toBytes());
    }
}
