package io.byok.command.validation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How providers are asked.
 *
 * @param timeout for one call
 * @param every how often each key is asked about by itself, give or take a quarter; zero: never
 * @param atOncePerProvider calls to one provider at a time
 * @param remindBefore how long before a date of a key it is reminded of
 * @param lookEvery how often it is looked for keys that are due
 */
@ConfigurationProperties("byok.validation")
record ValidationSettings(
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("24h") Duration every,
        @DefaultValue("4") int atOncePerProvider,
        @DefaultValue("7d") Duration remindBefore,
        @DefaultValue("30s") Duration lookEvery) {

    ValidationSettings {
        require(timeout.isPositive(), "timeout is not positive");
        require(!every.isNegative(), "every is negative; 0s is for never");
        require(atOncePerProvider >= 1, "at-once-per-provider is less than 1: nobody would ever be asked");
        require(!remindBefore.isNegative(), "remind-before is negative");
        require(lookEvery.toMillis() >= 100, "look-every is less than 100ms");
    }

    private static void require(boolean holds, String why) {
        if (!holds) {
            throw new IllegalArgumentException("byok.validation." + why);
        }
    }
}
