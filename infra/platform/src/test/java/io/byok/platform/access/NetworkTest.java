package io.byok.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16, 10.1.255.3, true",
        "10.1.0.0/16, 10.2.0.0, false",
        "10.1.0.0/16, ::ffff:10.1.2.3, true",
        "::ffff:10.1.0.0/112, 10.1.2.3, true",
        "::ffff:10.1.0.0/112, 10.2.2.3, false",
        "::ffff:10.1.2.3, 10.1.2.3, true",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 10.0.0.1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "192.0.2.6/31, 192.0.2.7, true",
        "128.0.0.0/1, 127.255.255.255, false"
    })
    void a_network_holds_its_addresses_and_no_others(String network, String address, boolean holds) {
        assertThat(Network.parse(network).orElseThrow().contains(InetAddress.ofLiteral(address)))
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0/",
                "/8",
                "10.0.0.0/33",
                "10.0.0.1/8",
                "10.0/8",
                "010.0.0.0/8",
                "0x0a.0.0.0/8",
                "167772160/8",
                "10.0.0.0/+8",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.0/8/8",
                "localhost",
                "localhost/8",
                "example.com",
                "2001:db8::/129",
                "2001:db8::1/32",
                "fe80::1%eth0",
                "::ffff:10.0.0.0/95",
                "[::1]",
                " ::1",
                "10.0.0.256",
                "1:2:3",
                "::1::",
                "*"
            })
    void what_is_no_network_is_refused_and_never_looked_up(String text) {
        assertThat(Network.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.1.0.0/16, true",
        "10.1.0.0/16, 10.0.0.0/8, false",
        "10.0.0.0/8, 11.0.0.0/16, false",
        "0.0.0.0/0, ::/0, false"
    })
    void a_network_holds_smaller_ones(String network, String other, boolean holds) {
        assertThat(Network.parse(network)
                        .orElseThrow()
                        .contains(Network.parse(other).orElseThrow()))
                .isEqualTo(holds);
    }
}
