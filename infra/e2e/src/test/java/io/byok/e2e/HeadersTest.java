package io.byok.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What goes with every answer of every port, whatever it is, and which bodies are taken and given. */
class HeadersTest {

    private static final Map<String, String> SAFE = Map.of(
            "Cache-Control", "no-store",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Cross-Origin-Resource-Policy", "same-origin");

    /** The catalogue is the same for everybody and no secret; browsers may keep it for five minutes. */
    private static final Set<String> KEPT = Set.of(" GET /v1/providers 200");

    /** They tell what runs here, or let a browser do what it should not. */
    private static final List<String> NEVER =
            List.of("Server", "X-Powered-By", "Set-Cookie", "Access-Control-Allow-Origin", "X-AspNet-Version", "Via");

    private static final Set<String> GIVEN = Set.of(
            "application/json",
            "application/problem+json",
            "application/yaml",
            "application/x-ndjson",
            "text/csv;charset=utf-8",
            "text/plain;charset=utf-8");

    private final Server server = SharedServer.SERVER;
    private final List<Operation> operations =
            Operation.of(server.anonymous().get("/openapi.json").expect(200).json());
    private final Map<String, String> wrong = new TreeMap<>();

    private void look(String what, Answer answer) {
        SAFE.forEach((name, value) -> {
            boolean kept = name.equals("Cache-Control") && KEPT.stream().anyMatch(what::endsWith);
            if (!List.of(kept ? "max-age=300, private" : value)
                    .equals(answer.headers().allValues(name))) {
                wrong.put(what, name + ": " + answer.headers().allValues(name));
            }
        });
        NEVER.stream()
                .filter(name -> answer.header(name) != null)
                .forEach(name -> wrong.put(what, name + ": " + answer.header(name)));
        if (answer.header("X-Request-Id") == null) {
            wrong.put(what, "no request id");
        }
        String type = answer.header("Content-Type");
        if (answer.body().length > 0 && (type == null || !GIVEN.contains(type.toLowerCase(java.util.Locale.ROOT)))) {
            wrong.put(what, "Content-Type: " + type);
        }
    }

    @Test
    void every_answer_of_both_planes_carries_the_safe_headers_and_none_that_tells_of_the_server() {
        for (Api plane : List.of(server.control(), server.dataPlane())) {
            for (Operation operation : operations) {
                for (Api caller : List.of(plane, plane.anonymous(), plane.token("nonsense"))) {
                    byte[] body = operation.body() == null ? null : "{\"no\":\"such\"}".getBytes(UTF_8);
                    String type = body == null ? null : "application/json";
                    String path = operation.with(parameter -> "nowhere");
                    Answer answer = caller.send(operation.method(), path, body, type);
                    look(plane.base().getPort() + " " + operation + " " + answer.status(), answer);
                }
            }
            look("not found", plane.get("/nothing"));
            look("encoding", plane.get("/v1/users/%FF/keys"));
            look("no method", plane.send("PROPFIND", "/livez", null, null));
            look("too large", plane.send("POST", "/v1/resolve", new byte[200_000], "application/json"));
            look("not acceptable", plane.with("Accept", "image/png").get("/v1/keys"));
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void a_body_that_is_not_said_to_be_json_is_not_read() {
        byte[] json = "{}".getBytes(UTF_8);
        for (Operation operation : operations) {
            if (operation.body() == null) {
                continue;
            }
            String path = operation.with(parameter -> "nowhere");
            for (String type : List.of(
                    "text/plain",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data; boundary=b",
                    "application/xml",
                    "application/json; charset=utf-16",
                    "application/problem+json",
                    "application/jsonx",
                    "*/*",
                    "nonsense")) {
                Answer answer = server.control().send(operation.method(), path, json, type);
                if (answer.status() != 415) {
                    wrong.put(operation + " " + type, answer.status() + " " + answer.text());
                }
            }
            Answer none = server.control().send(operation.method(), path, json, null);
            if (none.status() != 415) {
                wrong.put(operation + " without a type", none.status() + " " + none.text());
            }
            Answer packed = server.control()
                    .with("Content-Encoding", "gzip")
                    .send(operation.method(), path, json, "application/json");
            if (packed.status() != 415) {
                wrong.put(operation + " gzip", packed.status() + " " + packed.text());
            }
        }
        for (String path : List.of("/v1/resolve", "/v1/keys/nowhere/outcome")) {
            for (String type :
                    List.of("text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16")) {
                server.dataPlane().send("POST", path, json, type).expect(415);
            }
            server.dataPlane().send("POST", path, json, null).expect(415);
            server.dataPlane()
                    .with("Content-Encoding", "gzip")
                    .send("POST", path, json, "application/json")
                    .expect(415);
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void the_management_port_is_not_framed_sniffed_or_kept_either() {
        for (String path : List.of("/actuator", "/actuator/health", "/actuator/nothing", "/", "/v1/keys")) {
            Answer answer = server.management().get(path);
            assertThat(answer.header("X-Content-Type-Options")).as(path).isEqualTo("nosniff");
            assertThat(answer.header("X-Frame-Options")).as(path).isEqualTo("DENY");
            assertThat(answer.header("Cache-Control")).as(path).contains("no-store");
            NEVER.forEach(name ->
                    assertThat(answer.header(name)).as(path + " " + name).isNull());
        }
    }
}
