package io.byok.command.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;

class ValidationSettingsTest {

    @Test
    void what_nobody_sets_is_as_documented() {
        assertThat(bound(Map.of("byok.validation.every", "0s")).atOncePerProvider())
                .isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({
        "timeout, 0s",
        "timeout, -1s",
        "every, -1h",
        "at-once-per-provider, 0",
        "remind-before, -1d",
        "look-every, 0s",
    })
    void a_setting_with_which_nobody_would_be_asked_stops_the_start_and_is_named(String name, String value) {
        assertThatThrownBy(() -> bound(Map.of("byok.validation." + name, value)))
                .rootCause()
                .hasMessageStartingWith("byok.validation." + name + " is ");
    }

    private static ValidationSettings bound(Map<String, String> settings) {
        return new Binder(
                        List.of(new MapConfigurationPropertySource(settings)),
                        null,
                        ApplicationConversionService.getSharedInstance())
                .bindOrCreate("byok.validation", ValidationSettings.class);
    }
}
