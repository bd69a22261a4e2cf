package io.byok.platform.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.platform.web.Scopes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticationTest {

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.get();
    }

    private static Answer get(String path, String... headers) throws Exception {
        return Answer.to(server.port(), "GET", path, null, headers);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/things", "GET, /v1/nothing", "DELETE, /v1/things", "POST, /v1/usage", "GET, /v3/api-docs",
        "GET, /error", "GET, /actuator/health", "GET, /v1/open-by-mark-only", "GET, /", "OPTIONS, /v1/things",
        "GET, /livez/x", "GET, //livez", "GET, /openapi.json/..%2f"
    })
    void a_stranger_learns_nothing_but_that_a_token_is_needed(String method, String path) throws Exception {
        byte[] bad = method.equals("POST") ? new byte[200_000] : null;

        Answer answer = Answer.to(server.port(), method, path, bad);

        answer.problem(401, "token-missing");
        assertThat(answer.headers()).containsEntry("WWW-Authenticate", "Bearer realm=\"byok\"");
    }

    @Test
    void a_token_that_opens_nothing_is_refused() throws Exception {
        String token = server.token(Scopes.KEYS_READ);
        String mistyped = token.substring(0, token.length() - 1) + (token.endsWith("a") ? "b" : "a");

        for (String header : List.of("Bearer " + mistyped, "Bearer", "Bearer x", "Basic " + token, token)) {
            Answer answer = get("/v1/things?limit=1", "Authorization", header);
            answer.problem(401, "token-invalid");
            assertThat(answer.headers().get("WWW-Authenticate")).contains("error=\"invalid_token\"");
            assertThat(answer.body()).doesNotContain(token);
        }
    }

    @Test
    void a_scope_that_is_missing_is_named_before_the_body_is_looked_at() throws Exception {
        String token = server.token(Scopes.KEYS_READ);

        Answer answer = Answer.to(
                server.port(),
                "POST",
                "/v1/users/u/things",
                "{".getBytes(StandardCharsets.UTF_8),
                "Authorization",
                "Bearer " + token,
                "Content-Type",
                "text/plain");

        assertThat(answer.problem(403, "scope-missing").get("detail").stringValue())
                .isEqualTo("the scope keys:write is missing");
        assertThat(answer.headers().get("WWW-Authenticate")).contains("scope=\"keys:write\"");
    }

    @Test
    void a_token_with_the_scope_gets_in() throws Exception {
        assertThat(get("/v1/things?limit=7", "Authorization", "Bearer " + server.token(Scopes.KEYS_READ))
                        .body())
                .isEqualTo("[7]");
    }

    @Test
    void a_revoked_token_is_refused_within_a_second() throws Exception {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            tokens.add(server.token(Scopes.KEYS_READ));
        }
        for (String token : tokens) {
            assertThat(get("/v1/things?limit=1", "Authorization", "Bearer " + token)
                            .status())
                    .isEqualTo(200);
            server.revoke(token);
            long revoked = System.nanoTime();
            long askedAt;
            Answer answer;
            long lastServed = revoked;
            do {
                askedAt = System.nanoTime();
                answer = get("/v1/things?limit=1", "Authorization", "Bearer " + token);
                lastServed = answer.status() == 200 ? askedAt : lastServed;
            } while (answer.status() == 200);
            answer.problem(401, "token-invalid");
            assertThat(Duration.ofNanos(lastServed - revoked)).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void a_request_id_is_kept_when_it_can_be_and_made_otherwise() throws Exception {
        assertThat(get("/livez", "X-Request-Id", "Ab9._-").headers()).containsEntry("X-Request-Id", "Ab9._-");
        assertThat(get("/livez", "X-Request-Id", "a b").headers().get("X-Request-Id"))
                .startsWith("req_");
        assertThat(get("/livez", "X-Request-Id", "x".repeat(65)).headers().get("X-Request-Id"))
                .startsWith("req_");
        assertThat(get("/livez").headers().get("X-Request-Id")).hasSize(36);
    }
}
