package io.byok.command.relay;

import io.byok.command.store.Appender;
import io.byok.command.store.EventLog;
import io.byok.command.store.Lane;
import io.byok.command.store.LogConnections;
import io.byok.command.store.LogUnavailable;
import io.byok.platform.end.Ending;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the relay: woken by the appender of this node, measured as {@code byok.relay.lag}. */
@Configuration(proxyBeanMethods = false)
public class RelayConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(RelayConfiguration.class);
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(2);

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

    @Bean
    Ending relayEnding(Relay relay) {
        return new Ending(Ending.Step.SEND, () -> drain(relay));
    }

    private static void drain(Relay relay) {
        try {
            if (!relay.drain(LONGEST_DRAIN)) {
                LOG.warn("the brokers do not take the last events; the next start sends them");
            }
        } catch (LogUnavailable away) {
            LOG.warn("the log cannot be read; the next start sends what is left of it");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static double lag(Relay relay) {
        try {
            return relay.lag();
        } catch (LogUnavailable e) {
            return Double.NaN;
        }
    }
}
