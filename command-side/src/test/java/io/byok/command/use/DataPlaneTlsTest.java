package io.byok.command.use;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.platform.tls.ServingCertificate;
import io.byok.testkit.TestCertificate;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataPlaneTlsTest {

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private TestCertificate first;
    private ServingCertificate certificate;
    private DataPlaneTls tls;
    private HttpServer server;

    @BeforeEach
    void listen() {
        first = TestCertificate.make(directory, "EC");
        first.write(directory.resolve("crt"), directory.resolve("key"));
        certificate = new ServingCertificate(directory.resolve("crt"), directory.resolve("key"));
        tls = new DataPlaneTls(certificate);
        server = vertx.createHttpServer(
                        tls.on(new HttpServerOptions().setHost("127.0.0.1").setPort(0)))
                .requestHandler(request -> request.response().end("here"));
        server.listen().toCompletionStage().toCompletableFuture().join();
        tls.follow(server);
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void a_new_certificate_serves_without_a_restart_and_the_old_one_no_longer() throws Exception {
        assertThat(answer(first)).isEqualTo("here");
        TestCertificate second = TestCertificate.make(directory, "RSA");
        second.write(directory.resolve("crt"), directory.resolve("key"));
        assertThat(certificate.look()).isTrue();
        for (int i = 0; i < 100 && !serves(second); i++) {
            Thread.sleep(50);
        }
        assertThat(answer(second)).isEqualTo("here");
        assertThatThrownBy(() -> answer(first)).isInstanceOf(SSLException.class);
    }

    @Test
    void half_a_replacement_changes_nothing() throws Exception {
        TestCertificate second = TestCertificate.make(directory, "EC");
        second.write(directory.resolve("crt"), directory.resolve("elsewhere"));
        assertThat(certificate.look()).isFalse();
        assertThat(answer(first)).isEqualTo("here");
    }

    @Test
    void nothing_older_than_TLS_1_2_is_spoken() throws Exception {
        try (SSLSocket socket =
                (SSLSocket) first.trusted().getSocketFactory().createSocket("127.0.0.1", server.actualPort())) {
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
        }
        try (SSLSocket old =
                (SSLSocket) first.trusted().getSocketFactory().createSocket("127.0.0.1", server.actualPort())) {
            old.setEnabledProtocols(new String[] {"TLSv1.1"});
            assertThatThrownBy(old::startHandshake).isInstanceOf(IOException.class);
        }
    }

    private boolean serves(TestCertificate trusted) throws Exception {
        try {
            return answer(trusted).equals("here");
        } catch (SSLException other) {
            return false;
        }
    }

    private String answer(TestCertificate trusted) throws IOException, InterruptedException {
        SSLContext context = trusted.trusted();
        try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("https://localhost:" + server.actualPort() + "/"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
