package io.byok.platform.web.http;

import io.byok.platform.web.door.Doorkeeper;
import io.byok.platform.web.door.Proxies;
import io.byok.platform.web.limit.Bulkhead;
import io.byok.platform.web.limit.LimitSettings;
import io.byok.platform.web.limit.RateLimits;
import io.byok.platform.web.problem.Problems;
import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * The first wall: nobody without a token gets past a short list of open paths. What a token may do is said at each
 * handler and checked by {@link ScopeGuard}.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class SecurityWiring {

    /** Exact paths; each handler behind them says so itself with {@link io.byok.platform.web.OpenToAll}. */
    private static final String[] OPEN = {
        "/livez", "/readyz", "/openapi.json", "/openapi.yaml", "/v1/erasures/signing-key"
    };

    /** After any chain that an application adds for paths of its own. */
    private static final int LAST = 1000;

    @Bean
    @Order(LAST)
    SecurityFilterChain callers(
            HttpSecurity http,
            Doorkeeper door,
            Proxies proxies,
            Problems problems,
            Denials denials,
            RateLimits limits,
            LimitSettings settings) {
        return http.authorizeHttpRequests(
                        rules -> rules.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                                .permitAll()
                                .requestMatchers(OPEN)
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .addFilterBefore(new TokenFilter(door, proxies, problems), AuthorizationFilter.class)
                .addFilterAfter(
                        new LimitFilter(limits, new Bulkhead(settings.tenantAtOnce())), AuthorizationFilter.class)
                .exceptionHandling(failures -> failures.authenticationEntryPoint(denials))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable) // no cookie authenticates anybody
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable) // RequestFrame sets them, for every answer
                .build();
    }

    /** Nobody logs in with a name and a password; without this bean Boot would invent a user. */
    @Bean
    AuthenticationManager nobodyLogsIn() {
        return _ -> {
            throw new ProviderNotFoundException("callers present tokens");
        };
    }

    /**
     * A user id in a path may hold any character, escaped. That is safe here because no rule matches paths by decoded
     * text: the open ones are exact, and routing reads the raw path segment by segment.
     */
    @Bean
    HttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowUrlEncodedSlash(true);
        firewall.setAllowUrlEncodedDoubleSlash(true);
        firewall.setAllowUrlEncodedPercent(true);
        firewall.setAllowBackSlash(true);
        firewall.setAllowSemicolon(true);
        firewall.setAllowUrlEncodedLineFeed(true);
        firewall.setAllowUrlEncodedCarriageReturn(true);
        firewall.setAllowUrlEncodedLineSeparator(true);
        firewall.setAllowUrlEncodedParagraphSeparator(true);
        firewall.setUnsafeAllowAnyHttpMethod(true); // routing answers 405, with Allow
        return firewall;
    }

    @Bean
    RateLimits rateLimits(LimitSettings settings) {
        return new RateLimits(settings, System::nanoTime);
    }

    @Bean
    Denials denials() {
        return new Denials();
    }

    /** A span per security filter says nothing that the request's own does not. */
    @Bean
    SecurityObservationSettings noSpansPerFilter() {
        return SecurityObservationSettings.noObservations();
    }
}
