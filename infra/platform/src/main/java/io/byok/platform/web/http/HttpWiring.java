package io.byok.platform.web.http;

import io.byok.platform.access.TokenHasher;
import io.byok.platform.access.TokenVerifier;
import io.byok.platform.access.WidgetTokens;
import io.byok.platform.access.oidc.OidcTokens;
import io.byok.platform.seal.SealState;
import io.byok.platform.tls.TlsWiring;
import io.byok.platform.web.ContributedRefusals;
import io.byok.platform.web.ReadinessProbe;
import io.byok.platform.web.door.DenialListener;
import io.byok.platform.web.door.Doorkeeper;
import io.byok.platform.web.door.Proxies;
import io.byok.platform.web.door.Strangers;
import io.byok.platform.web.limit.LimitSettings;
import io.byok.platform.web.openapi.OpenApiWiring;
import io.byok.platform.web.problem.ProblemTable;
import io.byok.platform.web.problem.Problems;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.converter.autoconfigure.ServerHttpMessageConvertersCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.Ordered;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Import this into a server to get all of the listener. Asks for a {@link DataSource}, a {@link TokenHasher} and
 * a {@link SealState}; takes every {@link ContributedRefusals} and {@link ReadinessProbe} there is.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({HttpSettings.class, LimitSettings.class})
@PropertySource("classpath:io/byok/platform/web/http.properties")
@Import({
    SecurityWiring.class,
    CrossOriginWiring.class,
    TlsWiring.class,
    ManagementWiring.class,
    OpenApiWiring.class,
    NotedRefusals.class,
    ProblemAdvice.class,
    ErrorPage.class,
    HealthController.class
})
public class HttpWiring {

    /** Before any bean that may log. */
    @Bean
    static BeanFactoryPostProcessor quietRooms() {
        return _ -> QuietRooms.install();
    }

    @Bean
    ProblemTable problemTable(List<ContributedRefusals> contributed) {
        return new ProblemTable(
                contributed.stream().flatMap(side -> side.refusals().stream()).toList());
    }

    @Bean
    Problems problems(ProblemTable table) {
        return new Problems(table);
    }

    @Bean
    TokenVerifier tokenVerifier(TokenHasher hasher, WidgetTokens widgets, DataSource database) {
        return new TokenVerifier(hasher, widgets, database, InstantSource.system());
    }

    @Bean
    Doorkeeper doorkeeper(
            TokenVerifier tokens,
            ObjectProvider<OidcTokens> issuer,
            ObjectProvider<DenialListener> denials,
            ObjectProvider<MeterRegistry> meters) {
        // A node that cannot write to the log counts with the others' metrics only.
        return new Doorkeeper(
                tokens,
                issuer.getIfAvailable(),
                denials.getIfAvailable(() -> _ -> {}),
                new Strangers(meters.getIfAvailable(SimpleMeterRegistry::new), System::nanoTime));
    }

    @Bean
    Proxies proxies(
            @Value("${byok.proxies:}") String networks, @Value("${byok.proxy-header:X-Forwarded-For}") String header) {
        return Proxies.of(networks, header);
    }

    @Bean
    FilterRegistrationBean<RequestFrame> requestFrame(Problems problems) {
        FilterRegistrationBean<RequestFrame> frame = new FilterRegistrationBean<>(new RequestFrame(problems));
        frame.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return frame;
    }

    /** After the frame and CORS, before authentication: that needs keys. */
    @Bean
    FilterRegistrationBean<SealGate> sealGate(SealState seal) {
        FilterRegistrationBean<SealGate> gate = new FilterRegistrationBean<>(new SealGate(seal));
        gate.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return gate;
    }

    @Bean
    ReadinessProbe sealedProbe(SealState seal) {
        return new SealedProbe(seal);
    }

    @Bean
    TomcatRules tomcatRules(HttpSettings settings) {
        return new TomcatRules(settings);
    }

    @Bean
    ServerHttpMessageConvertersCustomizer strictJson() {
        return converters -> converters.withJsonConverter(new StrictJsonConverter());
    }

    @Bean
    HandlersAreMarked handlersAreMarked(
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
        return new HandlersAreMarked(mapping);
    }

    @Bean
    ReadinessProbe databaseProbe(DataSource database) {
        return new DatabaseProbe(database);
    }

    @Bean
    Readiness readiness(ObjectProvider<ReadinessProbe> probes) {
        return new Readiness(probes.orderedStream().toList());
    }

    @Bean
    WebMvcConfigurer guards(HttpSettings settings) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new ScopeGuard()).order(0);
                registry.addInterceptor(new BodyGuard(settings)).order(1);
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new Arguments());
            }
        };
    }
}
