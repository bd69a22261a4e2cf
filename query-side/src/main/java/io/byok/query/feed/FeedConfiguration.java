package io.byok.query.feed;

import io.byok.platform.event.EventSealing;
import io.byok.platform.kafka.EventTopic;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.jooq.DSLContext;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Wires the feed and what waits for it. */
@Configuration(proxyBeanMethods = false)
public class FeedConfiguration {

    private static final int LANE = 0; // the only one for now; positions of the header belong to it

    @Bean
    Applied applied(DSLContext jooq) {
        return new Applied(() -> Places.reachedByAll(jooq, LANE));
    }

    @Bean
    Feed feed(
            DSLContext jooq,
            DataSource database,
            List<Projector> projectors,
            EventSealing sealing,
            EventSource store,
            Applied applied,
            MeterRegistry registry,
            @Value("${byok.kafka.bootstrap-servers}") String bootstrapServers) {
        FeedMetrics metrics = new FeedMetrics(registry);
        EventOpener opener = new EventOpener(sealing);
        return new Feed(() -> List.of(new LaneFeed(
                jooq,
                database,
                projectors,
                opener,
                new Consumers(bootstrapServers, new TopicPartition(EventTopic.NAME, EventTopic.partition(LANE))),
                new GapFiller(store, opener),
                applied,
                metrics,
                LANE)));
    }

    @Bean
    HealthIndicator feedHealthIndicator(DSLContext jooq) {
        return new FeedHealth(jooq, LANE);
    }

    @Bean
    WebMvcConfigurer readsWaitForTheirPosition(Applied applied) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new MinPosition(applied));
            }
        };
    }
}
