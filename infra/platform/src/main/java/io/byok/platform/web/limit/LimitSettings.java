package io.byok.platform.web.limit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of a node; 0 means none.
 *
 * @param tokenPerMinute requests of one token on the control plane
 * @param tenantPerMinute requests of one tenant on the control plane
 * @param tenantAtOnce requests of one tenant that are worked on at a time on the control plane; more wait their turn
 * @param resolvePerMinute requests of one tenant on the data plane
 */
@ConfigurationProperties("byok.limits")
public record LimitSettings(
        @DefaultValue("12000") int tokenPerMinute,
        @DefaultValue("30000") int tenantPerMinute,
        @DefaultValue("16") int tenantAtOnce,
        @DefaultValue("0") int resolvePerMinute) {

    public LimitSettings {
        if (tokenPerMinute < 0 || tenantPerMinute < 0 || tenantAtOnce < 0 || resolvePerMinute < 0) {
            throw new IllegalArgumentException("byok.limits.*: a limit is 0 (none) or more");
        }
    }
}
