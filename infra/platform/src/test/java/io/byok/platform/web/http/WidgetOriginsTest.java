package io.byok.platform.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WidgetOriginsTest {

    @Test
    void origins_are_taken_as_browsers_write_them() {
        WidgetOrigins origins = WidgetOrigins.of(
                " https://app.example.com,https://example.com:8443, http://localhost:3000,http://127.0.0.1,http://[::1]:8 ");
        assertThat(origins.origins()).hasSize(5);
        assertThat(origins.contains("https://app.example.com")).isTrue();
        assertThat(origins.contains("https://app.example.com:443")).isFalse();
        assertThat(WidgetOrigins.of("").origins()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "https://*.example.com",
                "https://app.example.com/",
                "https://app.example.com/path",
                "https://app.example.com?x",
                "https://app.example.com#x",
                "https://user@app.example.com",
                "https://APP.example.com",
                "HTTPS://app.example.com",
                "https://app.example.com:443",
                "http://localhost:80",
                "http://app.example.com",
                "file:///etc",
                "app.example.com",
                "https://",
                "https://a b"
            })
    void what_is_no_exact_origin_stops_the_start(String text) {
        assertThatThrownBy(() -> WidgetOrigins.of("https://app.example.com," + text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("byok.widget.origins: " + text + " is no origin");
    }
}
