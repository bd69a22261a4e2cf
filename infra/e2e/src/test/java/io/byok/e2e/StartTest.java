package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starting: from nothing, twice, on a taken port, one side at a time. */
class StartTest {

    private static final Logger log = LoggerFactory.getLogger(StartTest.class);

    @Test
    void from_nothing_to_the_first_key_with_what_the_console_says() throws Exception {
        Instant begin = Instant.now();
        try (Server server = Server.embedded(Map.of())) {
            String secret = Credentials.openai();
            server.control()
                    .post("/v1/users/ada/keys", Credentials.add("openai", secret))
                    .expect(201);
            Answer resolved = server.dataPlane()
                    .post("/v1/resolve", Credentials.resolve("ada", "openai"))
                    .expect(200);
            Duration took = Duration.between(begin, Instant.now());
            log.info("from nothing to the first resolved key: {} (ready after {})", took, server.startTook());
            assertThat(resolved.string("/credential/apiKey")).isEqualTo(secret);

            String said = String.join("\n", server.console());
            assertThat(said)
                    .contains(server.firstToken())
                    .contains("curl ")
                    .contains("http://localhost:" + server.port());
            Path token = server.data().resolve("first-token");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                    .isEqualTo("rw-------");

            // A second start on the same data, while the first is up.
            Server.Attempt second = Server.attempt(server.data(), Map.of());
            assertThat(second.exit()).isEqualTo(1);
            assertThat(second.console()).singleElement().asString().contains("already in use by process");
            server.control().get("/readyz").expect(200);

            // And one after it, with the same token, which is not shown again.
            server.stop();
            server.start();
            resolved = server.dataPlane()
                    .post("/v1/resolve", Credentials.resolve("ada", "openai"))
                    .expect(200);
            assertThat(resolved.string("/credential/apiKey")).isEqualTo(secret);
            assertThat(server.console().stream().filter(line -> line.contains(server.firstToken())))
                    .hasSize(2); // the line that shows it and the curl, both of the first start

            // Without its keyring it is refused before any engine starts, and makes none.
            server.stop();
            Path keyring = server.data().resolve("keyring");
            Files.delete(keyring);
            Instant refusal = Instant.now();
            Server.Attempt lost = Server.attempt(server.data(), Map.of());
            log.info(
                    "a lost keyring beside an embedded database is refused after {}",
                    Duration.between(refusal, Instant.now()));
            assertThat(lost.exit()).isEqualTo(1);
            assertThat(lost.console()).singleElement().asString().startsWith("byok: cannot start: the keyring ");
            assertThat(keyring).doesNotExist();
        }
    }

    @Test
    void a_taken_port_is_one_line_and_a_bad_exit(@TempDir Path directory) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Server.Attempt attempt = Server.attempt(
                    directory.resolve("data"), Map.of(), "--port", Integer.toString(taken.getLocalPort()));
            assertThat(attempt.exit()).isEqualTo(1);
            assertThat(attempt.console())
                    .singleElement()
                    .asString()
                    .contains("port " + taken.getLocalPort() + " is taken");
        }
    }

    @Test
    void each_side_in_a_process_of_its_own_makes_one_whole() {
        try (World world = World.fresh();
                Server command = Server.in(world, "--role", "command");
                Server query = Server.in(world, "--role", "query")) {
            String token = command.firstToken();
            String secret = Credentials.openai();
            Api writer = command.control();
            Api reader = query.anonymous().token(token);
            Answer added = writer.post("/v1/users/ada/keys", Credentials.add("openai", secret))
                    .expect(201);
            Answer read = reader.since(added.position())
                    .get("/v1/keys/" + added.string("/id"))
                    .expect(200);
            assertThat(read.json()).isEqualTo(added.json());
            command.dataPlane()
                    .post("/v1/resolve", Credentials.resolve("ada", "openai"))
                    .expect(200);
            long last = world.database().lastPosition();
            assertThat(reader.since(last)
                            .get("/v1/audit/events?action=key-used")
                            .expect(200)
                            .at("/data")
                            .size())
                    .isEqualTo(1);
            writer.get("/v1/keys").expect(404, "path-unknown");
            writer.get("/v1/audit/events").expect(404, "path-unknown");
            reader.post("/v1/users/ada/keys", Credentials.add("openai", secret)).expect(405);
            reader.post("/v1/resolve", Credentials.resolve("ada", "openai")).expect(404, "path-unknown");
        }
    }
}
