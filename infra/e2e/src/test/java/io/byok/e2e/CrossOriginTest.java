package io.byok.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Pages of configured origins read what a widget may use, and nothing else is open to any page. */
class CrossOriginTest {

    private static final String ORIGIN = FrontedServer.ORIGINS.getFirst();

    /** What a widget is for. What is not named here must not be readable by a page. */
    private static final Set<String> FOR_WIDGETS = Set.of(
            "POST /v1/users/{userId}/keys",
            "POST /v1/users/{userId}/keys/validate",
            "GET /v1/users/{userId}/keys",
            "GET /v1/keys",
            "GET /v1/system-keys",
            "GET /v1/keys/{keyId}",
            "GET /v1/keys/{keyId}/validations",
            "PATCH /v1/keys/{keyId}",
            "DELETE /v1/keys/{keyId}",
            "POST /v1/keys/{keyId}/rotate",
            "POST /v1/keys/{keyId}/disable",
            "POST /v1/keys/{keyId}/enable",
            "POST /v1/keys/{keyId}/revoke",
            "POST /v1/keys/{keyId}/validate",
            "GET /v1/analytics/usage",
            "GET /v1/providers",
            "POST /v1/providers/detect",
            "GET /v1/providers/{provider}");

    private static final List<String> HEADERS = List.of(
            "Access-Control-Allow-Origin",
            "Access-Control-Allow-Methods",
            "Access-Control-Allow-Headers",
            "Access-Control-Allow-Credentials",
            "Access-Control-Expose-Headers",
            "Access-Control-Max-Age",
            "Access-Control-Allow-Private-Network");

    private final Api anyone = FrontedServer.SERVER.anonymous();
    private final List<Operation> operations =
            Operation.of(anyone.get("/openapi.json").expect(200).json());

    private static Answer preflight(Api plane, String origin, String method, String path) {
        return plane.with(
                        "Origin",
                        origin,
                        "Access-Control-Request-Method",
                        method,
                        "Access-Control-Request-Headers",
                        "authorization,content-type,idempotency-key")
                .send("OPTIONS", path, null, null);
    }

    private static Set<String> said(Answer answer) {
        Set<String> said = new TreeSet<>();
        HEADERS.stream().filter(name -> answer.header(name) != null).forEach(said::add);
        return said;
    }

    @Test
    void a_page_is_told_that_it_may_for_what_widgets_use_and_for_nothing_else() {
        Set<String> open = new TreeSet<>();
        Map<String, String> wrong = new TreeMap<>();
        for (Operation operation : operations) {
            Answer answer = preflight(anyone, ORIGIN, operation.method(), operation.with(parameter -> "a/b c"));
            if (answer.status() == 204) {
                open.add(operation.toString());
                assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
                assertThat(answer.header("Access-Control-Allow-Methods").split(", "))
                        .contains(operation.method());
                assertThat(answer.header("Access-Control-Allow-Headers"))
                        .contains("Authorization", "Content-Type", "Idempotency-Key", "If-Match");
                assertThat(answer.header("Access-Control-Allow-Credentials")).isNull();
                assertThat(answer.header("Vary")).isEqualTo("Origin");
                assertThat(answer.body()).isEmpty();
            } else if (!said(answer).isEmpty()
                    || answer.status() != 401 && !operation.scopes().isEmpty()) {
                wrong.put(operation.toString(), answer.status() + " " + said(answer));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(open).isEqualTo(new TreeSet<>(FOR_WIDGETS));
    }

    @Test
    void the_answers_of_other_operations_cannot_be_read_by_a_page_whatever_its_token() {
        Api operator = FrontedServer.control().with("Origin", ORIGIN);
        Map<String, String> wrong = new TreeMap<>();
        for (Operation operation : operations) {
            Answer answer = operator.send(
                    operation.method(),
                    operation.with(parameter -> "nowhere"),
                    operation.body() == null ? null : "{\"no\":\"such\"}".getBytes(UTF_8),
                    operation.body() == null ? null : "application/json");
            boolean readable = ORIGIN.equals(answer.header("Access-Control-Allow-Origin"));
            if (readable != FOR_WIDGETS.contains(operation.toString())) {
                wrong.put(operation.toString(), answer.status() + " " + said(answer));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void an_origin_is_compared_letter_by_letter() {
        FrontedServer.ORIGINS.forEach(
                origin -> preflight(anyone, origin, "GET", "/v1/keys").expect(204));
        for (String other : List.of(
                "https://app.example.com.evil.test",
                "https://evil.test",
                "https://sub.app.example.com",
                "http://app.example.com",
                "https://app.example.com:8443",
                "https://APP.example.com",
                "https://app.example.com/",
                "https://app.example.com https://evil.test",
                "http://localhost:3001",
                "null",
                "*")) {
            assertThat(said(preflight(anyone, other, "GET", "/v1/keys").expect(401)))
                    .as(other)
                    .isEmpty();
            assertThat(said(FrontedServer.control().with("Origin", other).get("/v1/keys")))
                    .as(other)
                    .isEmpty();
        }
    }

    @Test
    void a_question_about_a_method_that_widgets_do_not_use_there_is_nobodys() {
        for (String method : List.of("PUT", "TRACE", "get", "*", "")) {
            assertThat(said(preflight(anyone, ORIGIN, method, "/v1/keys").expect(401)))
                    .as(method)
                    .isEmpty();
        }
        assertThat(said(preflight(anyone, ORIGIN, "GET", "/v1/keys/../api-tokens")))
                .isEmpty();
    }

    @Test
    void a_page_reads_refusals_too_and_no_cookie_ever_counts() {
        Answer refused = anyone.with("Origin", ORIGIN).get("/v1/keys").expect(401, "token-missing");
        assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
        assertThat(refused.header("Access-Control-Expose-Headers")).contains("ETag", "Byok-Position", "X-Request-Id");
        assertThat(refused.header("Access-Control-Allow-Credentials")).isNull();
        String token = FrontedServer.SERVER.firstToken();
        anyone.with("Origin", ORIGIN, "Cookie", "Authorization=Bearer " + token + "; token=" + token)
                .get("/v1/keys")
                .expect(401, "token-missing");
    }

    @Test
    void a_widget_on_its_page_adds_a_key_and_reads_the_answer() {
        String user = Credentials.user();
        String token = FrontedServer.control()
                .post("/v1/widget-tokens", "{\"userId\":\"" + user + "\",\"scopes\":[\"keys:read\",\"keys:write\"]}")
                .expect(201)
                .string("/token");
        Answer added = anyone.token(token)
                .with("Origin", ORIGIN)
                .post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai()))
                .expect(201);
        assertThat(added.header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
    }

    @Test
    void the_data_plane_the_management_port_and_a_server_without_origins_know_no_pages() {
        String token = FrontedServer.SERVER.firstToken();
        for (String path : List.of("/v1/resolve", "/v1/keys/k/outcome", "/v1/keys", "/livez")) {
            assertThat(said(preflight(FrontedServer.SERVER.dataPlane().anonymous(), ORIGIN, "POST", path)))
                    .isEmpty();
            assertThat(said(FrontedServer.SERVER
                            .dataPlaneAs(token)
                            .with("Origin", ORIGIN)
                            .post(path, "{}")))
                    .isEmpty();
        }
        assertThat(said(preflight(FrontedServer.SERVER.management(), ORIGIN, "GET", "/actuator/health")))
                .isEmpty();
        assertThat(said(FrontedServer.SERVER.management().with("Origin", ORIGIN).get("/actuator/health")))
                .isEmpty();
        Answer none = preflight(SharedServer.SERVER.anonymous(), ORIGIN, "GET", "/v1/keys")
                .expect(401);
        assertThat(said(none)).isEmpty();
        assertThat(none.header("Vary")).isNull();
    }
}
