package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.testkit.ScriptedTransit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key provider is away when the server starts, comes, and goes again. */
class SealedTest {

    private static final Logger log = LoggerFactory.getLogger(SealedTest.class);

    @Test
    void a_server_without_its_key_provider_answers_health_only_and_opens_by_itself() {
        try (World world = World.fresh();
                ScriptedTransit transit = new ScriptedTransit()) {
            transit.goAway();
            Map<String, String> kek = Map.of(
                    "BYOK_KEK",
                    "transit",
                    "BYOK_KEK_TRANSIT_ADDRESS",
                    transit.address(),
                    "BYOK_KEK_TRANSIT_TOKEN",
                    ScriptedTransit.TOKEN);
            try (Server server = Server.in(world, kek)) {
                assertSealed(server);

                transit.comeBack();
                awaitOpen(server);
                String secret = Credentials.openai();
                server.control()
                        .post("/v1/users/ada/keys", Credentials.add("openai", secret))
                        .expect(201);
                assertThat(resolved(server)).isEqualTo(secret);
                assertThat(server.console()).anyMatch(line -> line.contains(server.firstToken()));

                // Away later: what is unwrapped serves on, what needs the root does not.
                transit.goAway();
                assertThat(resolved(server)).isEqualTo(secret);
                server.control()
                        .post("/v1/tenants", "{\"name\":\"while-away\"}")
                        .expect(503, "keys-unavailable");
                assertThat(server.isAlive()).isTrue();

                server.stop();
                server.start();
                assertSealed(server);
                transit.comeBack();
                awaitOpen(server);
                assertThat(resolved(server)).isEqualTo(secret);
            }
        }
    }

    @Test
    void a_keyring_that_was_lost_is_never_made_anew() throws IOException {
        try (World world = World.fresh()) {
            Map<String, String> byFile = new HashMap<>(world.environment());
            byFile.put("BYOK_KEK", "keyring-file");
            Path keyring;
            try (Server server = Server.in(world, byFile)) {
                server.stop();
                keyring = server.data().resolve("keyring");
                assertThat(keyring).exists();
                Files.delete(keyring);
                Instant begin = Instant.now();
                Server.Attempt attempt = Server.attempt(server.data(), byFile);
                log.info("a lost keyring is refused after {}", Duration.between(begin, Instant.now()));
                assertThat(attempt.exit()).isEqualTo(1);
                assertThat(attempt.console())
                        .last()
                        .asString()
                        .startsWith("byok: cannot start: the keyring ")
                        .contains("is missing")
                        .contains("put it back");
                assertThat(keyring).doesNotExist();
            }
        }
    }

    private static void assertSealed(Server server) {
        assertThat(server.cameUpSealed()).isTrue();
        server.anonymous().get("/livez").expect(200);
        assertThat(server.anonymous().get("/readyz").expect(503, "not-ready").string("/detail"))
                .contains("sealed");
        Api data = server.dataPlaneAs("byok_none");
        data.get("/livez").expect(200);
        data.get("/readyz").expect(503, "not-ready");
        data.post("/v1/resolve", Credentials.resolve("ada", "openai")).expect(503, "keys-unavailable");
        server.anonymous().get("/v1/keys").expect(503, "keys-unavailable");
        server.anonymous().get("/v1/nowhere").expect(503, "keys-unavailable");
        server.anonymous().get("/openapi.json").expect(503, "keys-unavailable");
    }

    private static void awaitOpen(Server server) {
        Eventually.get(
                Duration.ofSeconds(30), () -> server.anonymous().get("/readyz").status(), status -> status == 200);
    }

    private static String resolved(Server server) {
        return server.dataPlane()
                .post("/v1/resolve", Credentials.resolve("ada", "openai"))
                .expect(200)
                .string("/credential/apiKey");
    }
}
