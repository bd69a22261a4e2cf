package io.byok.platform.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenApiTest {

    private static Answer get(String path) throws Exception {
        return Answer.to(TestServer.get().port(), "GET", path, null);
    }

    @Test
    void the_description_is_open_whole_and_always_the_same() throws Exception {
        Answer answer = get("/openapi.json");
        JsonNode document = new JsonMapper().readTree(answer.body());
        JsonNode post = document.at("/paths/~1v1~1users~1{userId}~1things/post");

        assertThat(document.get("openapi").stringValue()).startsWith("3.1");
        assertThat(document.get("paths").propertyNames())
                .contains("/livez", "/readyz", "/v1/usage")
                .doesNotContain("/error", "/openapi.json");
        assertThat(post.get("operationId").stringValue()).isEqualTo("addThing");
        assertThat(post.at("/security/0/token/0").stringValue()).isEqualTo("keys:write");
        assertThat(post.get("responses").propertyNames())
                .containsExactly(
                        "201", "400", "401", "403", "404", "406", "408", "409", "412", "413", "415", "422", "429",
                        "500", "503");
        assertThat(post.get("parameters").toString())
                .contains("If-Match", "Idempotency-Key", "X-Request-Id")
                .doesNotContain("caller", "raw");
        assertThat(post.at("/responses/201/headers").propertyNames()).contains("Byok-Position", "X-Request-Id");
        assertThat(document.at("/components/schemas").propertyNames())
                .contains("AddThing", "Problem")
                .doesNotContain("Caller", "RawBody", "KeyId", "ProblemDetail");
        assertThat(document.at("/components/schemas/AddThing/required").toString())
                .isEqualTo("[\"count\",\"name\"]");
        assertThat(document.at("/components/schemas/AddThing/properties/level/anyOf/0/enum")
                        .toString())
                .isEqualTo("[\"now\",\"on-transient\"]");
        assertThat(get("/openapi.json").body()).isEqualTo(answer.body());
        assertThat(get("/openapi.yaml").body()).startsWith("openapi: 3.1");
    }
}
