package io.byok.query.trail;

import java.time.InstantSource;
import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Wires who is on record for reading. */
@Configuration(proxyBeanMethods = false)
public class TrailReadConfiguration {

    private static final int BEHIND_THE_GUARDS = 2;

    @Bean
    Trail trail(DSLContext jooq) {
        return new Trail(jooq, InstantSource.system());
    }

    @Bean
    WebMvcConfigurer readsOfTheAuditAreAudited(Trail trail, DSLContext jooq) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new AuditedReads(trail, jooq)).order(BEHIND_THE_GUARDS);
            }
        };
    }
}
