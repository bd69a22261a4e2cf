package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.engines.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a request comes from, on both planes: from where the connection says, or a configured proxy. */
class ForwardedTest {

    private static final String CLIENT = "203.0.113.7";

    private final Answer made = FrontedServer.control()
            .post(
                    "/v1/api-tokens",
                    "{\"name\":\"n\",\"scopes\":[\"keys:resolve\",\"keys:read\"],"
                            + "\"restrictedTo\":{\"networks\":[\"203.0.113.0/24\"]}}")
            .expect(201);

    private List<Api> planes() {
        String token = made.string("/token");
        return List.of(
                FrontedServer.SERVER.anonymous().token(token).with("Accept", "application/json"),
                FrontedServer.SERVER.dataPlaneAs(token).with("Accept", "application/json"));
    }

    private static Answer ask(Api plane) {
        return plane.post("/v1/resolve", Credentials.resolve("nobody", "openai"));
    }

    @Test
    void a_configured_proxy_says_for_whom_it_speaks() {
        for (Api plane : planes()) {
            Api proxy = plane.from(FrontedServer.PROXY);
            ask(proxy.with("X-Forwarded-For", CLIENT)).expect(404, "no-usable-key");
            ask(proxy.with("X-Forwarded-For", CLIENT + ", 192.0.2.14")).expect(404, "no-usable-key");
            ask(proxy.with("X-Forwarded-For", "198.51.100.1, " + CLIENT)).expect(404, "no-usable-key");
            ask(proxy.with("X-Forwarded-For", "198.51.100.1")).expect(403, "network-refused");
            ask(proxy).expect(403, "network-refused");
        }
    }

    @Test
    void what_a_client_wrote_before_the_proxy_did_is_not_believed() {
        for (Api plane : planes()) {
            Api proxy = plane.from(FrontedServer.PROXY);
            ask(proxy.with("X-Forwarded-For", CLIENT + ", 198.51.100.1")).expect(403, "network-refused");
            ask(proxy.with("X-Forwarded-For", CLIENT, "X-Forwarded-For", "198.51.100.1"))
                    .expect(403, "network-refused");
            ask(proxy.with("X-Forwarded-For", CLIENT + ", unknown")).expect(403, "network-refused");
            ask(proxy.with("Forwarded", "for=" + CLIENT)).expect(403, "network-refused");
            ask(proxy.with("X-Real-IP", CLIENT)).expect(403, "network-refused");
        }
    }

    @Test
    void whoever_is_no_proxy_is_who_the_connection_says() {
        for (Api plane : planes()) {
            ask(plane.with("X-Forwarded-For", CLIENT)).expect(403, "network-refused");
            ask(plane.with("X-Forwarded-For", CLIENT + ", 127.0.0.2")).expect(403, "network-refused");
            ask(plane.with("Forwarded", "for=" + CLIENT)).expect(403, "network-refused");
        }
    }

    @Test
    void the_trail_names_the_client_and_not_the_proxy() {
        Api proxy = planes().getLast().from(FrontedServer.PROXY);
        ask(proxy.with("X-Forwarded-For", "198.51.100.77")).expect(403, "network-refused");
        Answer trail = Eventually.get(
                Duration.ofSeconds(15),
                () -> FrontedServer.control().get("/v1/audit/events?action=access-denied&actor=" + made.string("/id")),
                answer -> answer.status() == 200 && answer.at("/data").size() > 0);
        assertThat(trail.text()).contains("198.51.100.77").doesNotContain("127.0.0.2");
    }

    @Test
    void a_server_that_would_believe_everybody_does_not_start(@TempDir Path directory) {
        Map<String, String> wrong = new HashMap<>(FrontedServer.SERVER.environment());
        wrong.put("BYOK_PROXIES", "10.0.0.0/8,0.0.0.0/0");
        int[] ports = Ports.free(3);
        Server.Attempt attempt = Server.attempt(
                directory.resolve("other"),
                wrong,
                "--port=" + ports[0],
                "--data-port=" + ports[1],
                "--management-port=" + ports[2]);
        assertThat(attempt.exit()).isEqualTo(1);
        assertThat(attempt.console()).contains("byok: cannot start: byok.proxies: 0.0.0.0/0 is everybody");
    }
}
