package io.byok.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.engines.Ports;
import io.byok.testkit.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server over TLS: both planes speak it and nothing else, and take a new certificate as they run. */
class TlsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void both_planes_speak_tls_only_and_take_a_new_certificate_without_a_restart() throws IOException {
        Path crt = directory.resolve("crt.pem");
        Path key = directory.resolve("key.pem");
        TestCertificate first = TestCertificate.make(directory, "RSA");
        TestCertificate second = TestCertificate.make(directory, "EC");
        first.write(crt, key);
        Map<String, String> tls = Map.of(
                "BYOK_TLS_CERTIFICATE", crt.toString(), "BYOK_TLS_KEY", key.toString(), "BYOK_TLS_RELOAD", "200ms");
        try (World world = World.fresh();
                Server server = Server.in(world, tls)) {
            assertThat(server.console()).anyMatch(line -> line.contains("https://localhost:" + server.port()));
            List<Api> planes = List.of(server.control(), server.dataPlane());
            for (Api plane : planes) {
                Answer live = plane.trusting(first.trusted()).get("/livez").expect(200);
                assertThat(live.header("Strict-Transport-Security")).isEqualTo("max-age=31536000");
                assertThatThrownBy(() -> plane.trusting(second.trusted()).get("/livez"))
                        .as("a certificate that is not trusted")
                        .isInstanceOf(UncheckedIOException.class)
                        .hasRootCauseInstanceOf(Exception.class);
            }
            for (int port : List.of(server.port(), server.dataPort())) {
                assertThat(refusesClearText(port))
                        .as("clear text on port %d", port)
                        .isTrue();
            }
            String secret = Credentials.openai();
            Api control = server.control().trusting(first.trusted());
            control.post("/v1/users/ada/keys", Credentials.add("openai", secret))
                    .expect(201);
            resolves(server, first, secret);
            // The management port is loopback's and stays plain.
            server.management().get("/actuator/health").expect(200);

            Files.writeString(crt, "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");
            Eventually.get(PATIENCE, server::log, log -> log.contains("crt.pem holds no certificate"));
            resolves(server, first, secret);

            second.write(crt, key);
            for (Api plane : planes) {
                Eventually.get(PATIENCE, () -> serves(plane, second), serves -> serves);
                assertThat(serves(plane, first)).isFalse();
            }
            resolves(server, second, secret);
            assertThat(server.log()).doesNotContain("PRIVATE KEY");
        }
    }

    private static void resolves(Server server, TestCertificate trusted, String secret) {
        assertThat(server.dataPlane()
                        .trusting(trusted.trusted())
                        .post("/v1/resolve", Credentials.resolve("ada", "openai"))
                        .expect(200)
                        .string("/credential/apiKey"))
                .isEqualTo(secret);
    }

    private static boolean serves(Api plane, TestCertificate trusted) {
        try {
            return plane.trusting(trusted.trusted()).get("/livez").status() == 200;
        } catch (UncheckedIOException e) {
            assertThat(e).hasCauseInstanceOf(SSLException.class);
            return false;
        }
    }

    /** No answer at all, or one that says that this is no way to speak here; it comes from below HTTP and is no problem. */
    private static boolean refusesClearText(int port) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream()
                    .write("GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            return !answer.startsWith("HTTP/") || answer.startsWith("HTTP/1.1 400 ");
        } catch (SocketException closed) {
            return true;
        }
    }

    @Test
    void a_certificate_that_cannot_serve_ends_the_start_in_one_line_that_names_the_file() {
        Path crt = directory.resolve("crt.pem");
        Path key = directory.resolve("key.pem");
        TestCertificate.make(directory, "EC").write(crt, directory.resolve("unused"));
        TestCertificate.make(directory, "EC").write(directory.resolve("other"), key);
        Map<String, String> environment = new HashMap<>(SharedServer.WORLD.environment());
        environment.put("BYOK_TLS_CERTIFICATE", crt.toString());
        environment.put("BYOK_TLS_KEY", key.toString());
        int[] ports = Ports.free(3);
        Server.Attempt attempt = Server.attempt(
                directory.resolve("data"),
                environment,
                "--port=" + ports[0],
                "--data-port=" + ports[1],
                "--management-port=" + ports[2]);
        assertThat(attempt.exit()).isEqualTo(1);
        assertThat(attempt.console()).last().isEqualTo("byok: cannot start: " + key + " is not the key of " + crt);
    }
}
