package io.byok.command.relay;

import io.byok.command.store.Appender;
import io.byok.command.store.EventLog;
import io.byok.command.store.Lane;
import io.byok.command.store.LogConnections;
import io.byok.command.store.LogUnavailable;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the relay: woken by the appender of this node, measured as {@code byok.relay.lag}. */
@Configuration(proxyBeanMethods = false)
public class RelayConfiguration {

    /** Starts after the appender, and with it after the migrations. */
    @Bean
    Relay relay(
            Appender appender,
            EventLog log,
            MeterRegistry metrics,
            @Value("${spring.datasource.url}") String url,
            @Value("${spring.datasource.username:}") String user,
            @Value("${spring.datasource.password:}") String password,
            @Value("${byok.kafka.bootstrap-servers}") String bootstrapServers) {
        Relay relay =
                new Relay(LogConnections.of(url, user, password, "byok-relay"), log, Lane.FIRST, bootstrapServers);
        appender.onCommitted(position -> relay.wake());
        Gauge.builder("byok.relay.lag", relay, RelayConfiguration::lag)
                .description("events in the log that the brokers have not acknowledged")
                .register(metrics);
        return relay;
    }

    @Bean
    HealthIndicator relayHealthIndicator(Relay relay) {
        return new RelayHealth(relay);
    }

    private static double lag(Relay relay) {
        try {
            return relay.lag();
        } catch (LogUnavailable e) {
            return Double.NaN;
        }
    }
}
