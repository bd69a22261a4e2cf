package io.byok.platform.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.byok.platform.outbound.OutboundFailed.Why;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static OutboundCall call(String uri) {
        return new OutboundCall("GET", URI.create(uri), List.of(Map.entry("Authorization", "Bearer s3cret")), null);
    }

    private static Outbound through(DnsResolver names) {
        return new Outbound(names, new OutboundSettings(null));
    }

    private static Outbound to(HttpServer server) {
        return new Outbound(
                new Fixed("127.0.0.1"),
                new OutboundSettings(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort())));
    }

    /** A name server with one answer for everything, given as text. */
    private record Fixed(String... answers) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] addresses = new InetAddress[answers.length];
            for (int i = 0; i < answers.length; i++) {
                addresses[i] = InetAddress.getByName(answers[i]);
            }
            return addresses;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.254",
                "127.0.0.1",
                "127.1",
                "127.255.255.254",
                "2130706433",
                "169.254.0.1",
                "169.254.169.254",
                "169.254.170.2",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.31.196.1",
                "192.52.193.1",
                "192.88.99.1",
                "192.168.0.1",
                "192.168.255.255",
                "192.175.48.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.7",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:169.254.169.254",
                "::127.0.0.1",
                "::8.8.8.8",
                "64:ff9b::7f00:1",
                "64:ff9b::808:808",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:0:4136:e378::1",
                "2001:2::1",
                "2001:10::1",
                "2001:20::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "2002:a00:1::",
                "2002:808:808::1",
                "3fff::1",
                "3fff:fff::1",
                "4000::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fdff::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1",
                "ff0e::1",
                "fd12:3456:789a:1::1"
            })
    void no_connection_is_made_to_an_address_that_is_not_public(String address) {
        try (Outbound outbound = through(new Fixed(address))) {
            assertThatThrownBy(() ->
                            outbound.send(call("https://api.example.com/"), host -> true, Duration.ofSeconds(2), 100))
                    .isInstanceOfSatisfying(
                            OutboundFailed.class,
                            failed -> assertThat(failed.why()).isEqualTo(Why.ADDRESS_NOT_PUBLIC));
        }
    }

    @Test
    void one_private_address_among_public_ones_refuses_the_name() {
        try (Outbound outbound = through(new Fixed("93.184.215.14", "10.0.0.1"))) {
            assertThatThrownBy(() -> outbound.send(call("https://api.example.com/"), host -> true, PATIENCE, 100))
                    .hasMessageContaining("not public");
        }
    }

    @Test
    void a_name_that_changes_its_mind_is_asked_once_per_connection_and_what_was_checked_is_connected() {
        AtomicInteger asked = new AtomicInteger();
        DnsResolver rebinding = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                // Public at the first question, loopback from the second on.
                return new Fixed(asked.getAndIncrement() == 0 ? "203.0.113.7" : "127.0.0.1").resolve(host);
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        try (Outbound outbound = through(rebinding)) {
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> outbound.send(
                                call("https://api.example.com/"), host -> true, Duration.ofSeconds(1), 100))
                        .isInstanceOf(OutboundFailed.class)
                        .hasMessageContaining("not public");
            }
        }
        assertThat(asked).hasValue(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.example.com/",
                "https://other.example.com/",
                "https://api.example.com:8443/",
                "https://user:pass@api.example.com/",
                "https://api.example.com.evil.net/",
                "https://127.0.0.1/",
                "https://[::1]/",
                "https://api.example.com./",
                "ftp://api.example.com/",
                "https:///x"
            })
    void nothing_is_sent_to_a_host_that_was_not_allowed(String uri) {
        try (Outbound outbound = through(new Fixed("93.184.215.14"))) {
            assertThatThrownBy(() -> outbound.send(call(uri), "api.example.com"::equals, PATIENCE, 100))
                    .isInstanceOfSatisfying(
                            OutboundFailed.class,
                            failed -> assertThat(failed.why()).isEqualTo(Why.HOST_NOT_ALLOWED));
        }
    }

    @Test
    void a_redirect_is_an_answer_and_is_not_followed() throws Exception {
        List<String> seen = new ArrayList<>();
        try (Fake fake = new Fake((exchange) -> {
                    seen.add(exchange.getRequestURI() + " for "
                            + exchange.getRequestHeaders().getFirst("Host"));
                    exchange.getResponseHeaders().add("Location", "http://169.254.169.254/");
                    exchange.sendResponseHeaders(302, -1);
                });
                Outbound outbound = to(fake.server)) {
            OutboundAnswer answer = outbound.send(call("https://api.example.com/a"), host -> true, PATIENCE, 100);
            assertThat(answer.status()).isEqualTo(302);
            assertThat(seen).containsExactly("/a for api.example.com");
        }
    }

    @Test
    void a_huge_answer_is_cut_and_a_slow_one_is_given_up() throws Exception {
        try (Fake fake = new Fake(exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    try (OutputStream out = exchange.getResponseBody()) {
                        byte[] chunk = "x".repeat(1 << 16).getBytes(UTF_8);
                        for (int i = 0; i < 10_000; i++) {
                            out.write(chunk);
                        }
                    } catch (IOException gone) {
                        // the other side has had enough
                    }
                });
                Outbound outbound = to(fake.server)) {
            OutboundAnswer answer = outbound.send(call("https://api.example.com/"), host -> true, PATIENCE, 1_000);
            assertThat(answer.body()).hasSize(1_000);
        }
        try (ServerSocket drip = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Outbound outbound = new Outbound(
                        new Fixed("127.0.0.1"),
                        new OutboundSettings(URI.create("http://127.0.0.1:" + drip.getLocalPort())))) {
            Thread dripping = Thread.startVirtualThread(() -> {
                try (Socket socket = drip.accept()) {
                    OutputStream out = socket.getOutputStream();
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(UTF_8));
                    while (true) {
                        out.write('x');
                        out.flush();
                        Thread.sleep(20);
                    }
                } catch (IOException | InterruptedException gone) {
                    // as it should be
                }
            });
            assertThatThrownBy(() -> outbound.send(
                            call("https://api.example.com/"), host -> true, Duration.ofMillis(300), 9_999))
                    .isInstanceOfSatisfying(
                            OutboundFailed.class,
                            failed -> assertThat(failed.why()).isEqualTo(Why.TOO_SLOW));
            assertThat(dripping.join(Duration.ofSeconds(5))).isTrue();
        }
    }

    @Test
    void a_development_target_is_on_this_machine_or_refused() {
        for (String wrong :
                List.of("http://10.0.0.1:80", "https://127.0.0.1:80", "http://127.0.0.1", "file:/etc/passwd")) {
            assertThatThrownBy(() -> new OutboundSettings(URI.create(wrong)))
                    .hasMessageContaining("development-target");
        }
    }

    @Test
    void a_call_never_prints_what_it_carries() {
        assertThat(call("https://api.example.com/a?b").toString()).isEqualTo("GET api.example.com");
    }

    private static final class Fake implements AutoCloseable {

        private final HttpServer server;

        Fake(com.sun.net.httpserver.HttpHandler handler) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                try (exchange) {
                    handler.handle(exchange);
                }
            });
            server.start();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
