package io.byok.platform.web.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {

    private static final String USUAL = "X-Forwarded-For";
    private static final String RFC_7239 = "Forwarded";
    private static final String OURS = "10.0.0.0/8, 2001:db8:ffff::/48";

    private static @Nullable String client(String header, String connection, String... lines) {
        InetAddress client = Proxies.of(OURS, header)
                .client(
                        InetAddress.ofLiteral(connection),
                        name -> Map.of(header, List.of(lines)).getOrDefault(name, List.of()));
        return client == null ? null : client.getHostAddress();
    }

    @ParameterizedTest
    @ValueSource(strings = {USUAL, RFC_7239})
    void what_is_said_by_anybody_but_a_configured_proxy_is_ignored(String header) {
        for (String stranger : List.of("203.0.113.9", "11.0.0.1", "2001:db8:fffe::1", "127.0.0.1")) {
            String connection = InetAddress.ofLiteral(stranger).getHostAddress();
            assertThat(client(header, stranger, "198.51.100.1")).isEqualTo(connection);
            assertThat(client(header, stranger, "for=198.51.100.1")).isEqualTo(connection);
            assertThat(client(header, stranger, "nonsense")).isEqualTo(connection);
            assertThat(client(header, stranger)).isEqualTo(connection);
        }
        InetAddress here = InetAddress.ofLiteral("10.0.0.1");
        assertThat(Proxies.none().client(here, name -> List.of("198.51.100.1"))).isEqualTo(here);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    198.51.100.7                              | 198.51.100.7
                    198.51.100.7:4711                         | 198.51.100.7
                    [2001:db8::7]:4711                        | 2001:db8:0:0:0:0:0:7
                    2001:db8::7                               | 2001:db8:0:0:0:0:0:7
                    ::ffff:198.51.100.7                       | 198.51.100.7
                    198.51.100.7, 10.0.0.9, 2001:db8:ffff::1  | 198.51.100.7
                    10.0.0.8, 10.0.0.9                        | 10.0.0.8
                    """)
    void a_proxy_says_for_whom_it_speaks_and_before_it_only_other_proxies_do(String line, String client) {
        assertThat(client(USUAL, "10.0.0.1", line)).isEqualTo(client);
        StringBuilder elements = new StringBuilder();
        for (String hop : line.split(", ")) {
            String value = hop.strip();
            value = value.startsWith("[") || value.indexOf(':') < 0 || value.contains(":4711")
                    ? value
                    : "[" + value + "]";
            elements.append(elements.isEmpty() ? "" : ", ")
                    .append("by=10.0.0.1;For=\"")
                    .append(value)
                    .append("\";proto=https");
        }
        assertThat(client(RFC_7239, "10.0.0.1", elements.toString())).isEqualTo(client);
    }

    @Test
    void what_a_client_writes_in_front_is_not_believed() {
        assertThat(client(USUAL, "10.0.0.1", "192.0.2.1, 198.51.100.7")).isEqualTo("198.51.100.7");
        assertThat(client(USUAL, "10.0.0.1", "10.9.9.9, 198.51.100.7, 10.0.0.2"))
                .isEqualTo("198.51.100.7");
        assertThat(client(USUAL, "10.0.0.1", "192.0.2.1", "198.51.100.7")).isEqualTo("198.51.100.7");
        assertThat(client(USUAL, "10.0.0.1", "nonsense,,, 198.51.100.7")).isEqualTo("198.51.100.7");
        assertThat(client(RFC_7239, "10.0.0.1", "for=192.0.2.1, for=198.51.100.7"))
                .isEqualTo("198.51.100.7");
        assertThat(client(RFC_7239, "10.0.0.1", "for=\"192.0.2.1", "for=198.51.100.7"))
                .isEqualTo("198.51.100.7");
    }

    @Test
    void a_quote_left_open_hides_nobody_and_makes_nobody_somebody_else() {
        assertThat(client(RFC_7239, "10.0.0.1", "for=192.0.2.1;x=\"y, for=198.51.100.7"))
                .isNull();
        assertThat(client(RFC_7239, "10.0.0.1", "for=192.0.2.1, for=\"a, for=198.51.100.7"))
                .isNull();
        assertThat(client(RFC_7239, "10.0.0.1", "for=192.0.2.1;for=10.0.0.3")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "_hidden",
                "localhost",
                "198.51.100.7/32",
                "198.51.100",
                "010.1.1.1",
                "1.2.3.4:x",
                "[::1",
                "fe80::1%eth0",
                "198.51.100.7,"
            })
    void whoever_a_proxy_does_not_name_is_nobody(String hop) {
        assertThat(client(USUAL, "10.0.0.1", hop)).isNull();
        assertThat(client(RFC_7239, "10.0.0.1", "for=\"" + hop + "\"")).isNull();
        assertThat(client(RFC_7239, "10.0.0.1", "for=" + hop)).isNull();
    }

    @Test
    void a_proxy_that_speaks_for_nobody_is_the_client_and_only_its_own_header_is_looked_at() {
        assertThat(client(USUAL, "10.0.0.1")).isEqualTo("10.0.0.1");
        InetAddress proxy = InetAddress.ofLiteral("10.0.0.1");
        assertThat(Proxies.of(OURS, USUAL)
                        .client(proxy, name -> name.equals(USUAL) ? List.of() : List.of("for=198.51.100.7")))
                .isEqualTo(proxy);
    }

    /** Nothing that a client can write in front of the proxy's own word changes who they are. */
    @Test
    void of_a_hundred_thousand_forgeries_none_makes_somebody_else() {
        Random random = new Random(20_261_123L);
        String letters = "for=\"\\;,: 10.2[]_unkw%/";
        for (int i = 0; i < 100_000; i++) {
            StringBuilder forged = new StringBuilder();
            for (int length = random.nextInt(24); length > 0; length--) {
                forged.append(letters.charAt(random.nextInt(letters.length())));
            }
            assertThat(client(USUAL, "10.0.0.1", forged + ", 198.51.100.7")).isEqualTo("198.51.100.7");
            assertThat(client(USUAL, "10.0.0.1", forged.toString(), "198.51.100.7"))
                    .isEqualTo("198.51.100.7");
            assertThat(client(RFC_7239, "10.0.0.1", forged.toString(), "for=198.51.100.7"))
                    .isEqualTo("198.51.100.7");
            assertThat(client(RFC_7239, "10.0.0.1", forged + ", for=198.51.100.7"))
                    .as("%s", forged)
                    .isIn(null, "198.51.100.7");
        }
    }

    @Test
    void settings_that_make_no_sense_are_refused() {
        for (String networks :
                List.of("everybody", "10.0.0.1/8", "10.0.0.0/33", "*", "proxy.example.com", "0.0.0.0/0", "::/0")) {
            assertThatThrownBy(() -> Proxies.of(networks, USUAL))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("byok.proxies: ");
        }
        assertThatThrownBy(() -> Proxies.of(OURS, "X-Real-IP"))
                .hasMessage("byok.proxy-header is one of X-Forwarded-For, Forwarded");
        assertThat(Proxies.of(" ", "forwarded").client(null, name -> List.of())).isNull();
    }
}
