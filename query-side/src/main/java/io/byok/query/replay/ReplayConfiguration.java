package io.byok.query.replay;

import io.byok.query.feed.EventSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the event store as a source, and replays from it. */
@Configuration(proxyBeanMethods = false)
public class ReplayConfiguration {

    @Bean
    EventSource eventStore(DataSource database) {
        return new EventLog(database);
    }
}
