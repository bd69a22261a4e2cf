package io.byok.platform.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.testkit.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

class ControlPlaneTlsTest {

    @TempDir
    Path directory;

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        PropertyPlaceholderAutoConfiguration.class,
        SslAutoConfiguration.class,
        TomcatServletWebServerAutoConfiguration.class
    })
    @Import(TlsWiring.class)
    static class Listener {}

    @Test
    void a_listening_server_takes_a_new_certificate_and_keeps_the_old_when_the_new_is_bad() throws Exception {
        Path crt = directory.resolve("crt");
        Path key = directory.resolve("key");
        TestCertificate first = TestCertificate.make(directory, "RSA");
        TestCertificate second = TestCertificate.make(directory, "EC");
        first.write(crt, key);
        try (ConfigurableApplicationContext context = SpringApplication.run(
                Listener.class,
                "--server.port=0",
                "--byok.tls.certificate=" + crt,
                "--byok.tls.key=" + key,
                "--byok.tls.reload=100ms",
                "--spring.main.banner-mode=off")) {
            int port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
            assertThat(status(first, port)).isEqualTo(404);
            Files.writeString(crt, "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");
            Thread.sleep(500);
            assertThat(status(first, port)).as("with nonsense in the file").isEqualTo(404);
            second.write(crt, key);
            for (int i = 0; i < 100 && !serves(second, port); i++) {
                Thread.sleep(100);
            }
            assertThat(status(second, port)).isEqualTo(404);
            assertThatThrownBy(() -> status(first, port)).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void what_cannot_serve_is_refused_in_one_line_that_names_the_file() throws IOException {
        Path crt = directory.resolve("crt");
        Path key = directory.resolve("key");
        TestCertificate one = TestCertificate.make(directory, "EC");
        TestCertificate.make(directory, "EC").write(directory.resolve("other"), key);
        Files.writeString(crt, one.certificatePem());
        assertThatThrownBy(() -> new ServingCertificate(crt, key))
                .isInstanceOf(CertificateUnusable.class)
                .hasMessage(key + " is not the key of " + crt);
        TestCertificate.make(directory, "EC", "-startdate", "-10d", "-validity", "5")
                .write(crt, key);
        assertThatThrownBy(() -> new ServingCertificate(crt, key)).hasMessage(crt + " has expired");
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> new ServingCertificate(crt, key))
                .hasMessage(key + " holds no private key in PEM without a password");
        assertThatThrownBy(() -> new ServingCertificate(directory.resolve("none"), key))
                .hasMessage(directory.resolve("none") + " cannot be read");
    }

    private static boolean serves(TestCertificate trusted, int port) throws Exception {
        try {
            return status(trusted, port) == 404;
        } catch (SSLException other) {
            return false;
        }
    }

    private static int status(TestCertificate trusted, int port) throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(trusted.trusted()).build()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
