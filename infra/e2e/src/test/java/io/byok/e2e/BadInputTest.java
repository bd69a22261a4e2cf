package io.byok.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with a request: a problem with a stable code, nothing of it repeated, and nothing written. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {

    private static final String JSON = "application/json";
    private static final String KEYS = "/v1/users/ada/keys";
    private static final String NOBODY = "/v1/keys/key_00000000000000000000000000";
    /** Goes along in every body; must not come back. */
    private static final String MARK = "MARKmarkMARKmark1234";

    /** One wrong request and what it must be answered. */
    record Wrong(
            String what,
            String method,
            String path,
            byte @Nullable [] body,
            @Nullable String type,
            int status,
            String code) {

        @Override
        public String toString() {
            return what;
        }
    }

    private String keyId = "";

    @BeforeAll
    void a_key_to_be_wrong_about() {
        keyId = SharedServer.control()
                .post(Credentials.keysOf(Credentials.user()), Credentials.add("openai", Credentials.openai()))
                .expect(201)
                .string("/id");
    }

    Stream<Wrong> requests() {
        String good = "\"credential\":{\"apiKey\":\"sk-proj-" + MARK + "\"}";
        List<Wrong> wrong = new ArrayList<>(List.of(
                add("an unknown provider", "{\"provider\":\"nobody\"," + good + "}", 422, "provider-unknown"),
                add("a missing provider", "{" + good + "}", 422, "field-missing"),
                add("a provider that is null", "{\"provider\":null," + good + "}", 422, "field-invalid"),
                add("an unknown field", openai("\"colour\":\"" + MARK + "\"," + good), 422, "field-unknown"),
                add("a field of the wrong type", openai("\"tags\":{\"" + MARK + "\":1}," + good), 422, "field-invalid"),
                add("a number that is a text", openai("\"priority\":\"" + MARK + "\"," + good), 422, "field-invalid"),
                add("a time that is none", openai("\"expiresAt\":\"" + MARK + "\"," + good), 422, "field-invalid"),
                add("a bad environment", openai("\"environment\":\"No Such\"," + good), 422, "field-invalid"),
                add("no credential", openai("\"alias\":\"a\""), 422, "field-missing"),
                add("an empty credential", openai("\"credential\":{}"), 422, "credential-invalid"),
                add(
                        "a credential that is a text",
                        openai("\"credential\":\"" + MARK + "\""),
                        422,
                        "credential-invalid"),
                add("an empty field of it", openai("\"credential\":{\"apiKey\":\"\"}"), 422, "credential-invalid"),
                add("a number in it", openai("\"credential\":{\"apiKey\":12}"), 422, "credential-invalid"),
                add(
                        "an object in it",
                        openai("\"credential\":{\"apiKey\":{\"a\":\"" + MARK + "\"}}"),
                        422,
                        "credential-invalid"),
                add(
                        "a field that the provider does not have",
                        openai("\"credential\":{\"" + MARK + "\":\"x\"}"),
                        422,
                        "credential-invalid"),
                add(
                        "a field twice",
                        openai("\"credential\":{\"apiKey\":\"a\",\"apiKey\":\"" + MARK + "\"}"),
                        400,
                        "json-malformed"),
                add(
                        "a credential with a blank",
                        openai("\"credential\":{\"apiKey\":\" " + MARK + "\"}"),
                        422,
                        "credential-invalid"),
                add(
                        "a credential of 20 kB",
                        openai("\"credential\":{\"apiKey\":\"" + MARK.repeat(1_000) + "\"}"),
                        422,
                        "credential-invalid"),
                add(
                        "a credential of 100 kB",
                        openai("\"credential\":{\"apiKey\":\"" + MARK.repeat(5_000) + "\"}"),
                        413,
                        "body-too-large"),
                add(
                        "a body of 3 MB",
                        openai("\"alias\":\"" + MARK.repeat(150_000) + "\"," + good),
                        413,
                        "body-too-large"),
                add(
                        "bad JSON",
                        "{\"provider\":\"openai\",\"credential\":{\"apiKey\":\"" + MARK + "\"",
                        400,
                        "json-malformed"),
                add("no JSON at all", MARK, 400, "json-malformed"),
                add("JSON after the JSON", openai(good) + "{\"x\":\"" + MARK + "\"}", 400, "json-malformed"),
                new Wrong(
                        "JSON that is too deep",
                        "PATCH",
                        "/v1/keys/{key}",
                        bytes("{\"alias\":" + "[".repeat(1_000)),
                        JSON,
                        400,
                        "json-too-complex"),
                add("an array", "[\"" + MARK + "\"]", 422, "field-invalid"),
                add("null", "null", 400, "body-missing"),
                new Wrong("no body", "POST", KEYS, null, JSON, 400, "body-missing"),
                new Wrong("bad UTF-8", "POST", KEYS, badUtf8(), JSON, 400, "encoding-invalid"),
                new Wrong("no content type", "POST", KEYS, bytes(openai(good)), null, 415, "media-type-unsupported"),
                new Wrong(
                        "a form",
                        "POST",
                        KEYS,
                        bytes("apiKey=" + MARK),
                        "application/x-www-form-urlencoded",
                        415,
                        "media-type-unsupported"),
                new Wrong(
                        "XML",
                        "POST",
                        KEYS,
                        bytes("<a>" + MARK + "</a>"),
                        "application/xml",
                        415,
                        "media-type-unsupported"),
                new Wrong(
                        "another charset",
                        "POST",
                        KEYS,
                        bytes(openai(good)),
                        "application/json;charset=utf-16",
                        415,
                        "media-type-unsupported"),
                new Wrong("an unknown path", "GET", "/v1/nothing", null, null, 404, "path-unknown"),
                new Wrong(
                        "an unknown path to write to",
                        "POST",
                        "/v1/nothing",
                        bytes("{\"a\":\"" + MARK + "\"}"),
                        JSON,
                        404,
                        "path-unknown"),
                new Wrong("a wrong method", "PUT", "/v1/keys", bytes("{}"), JSON, 405, "method-not-allowed"),
                new Wrong("a strange method", "BREW", "/v1/keys", null, null, 405, "method-not-allowed"),
                new Wrong("an unknown key", "GET", NOBODY, null, null, 404, "key-not-found"),
                new Wrong("a key id that is none", "GET", "/v1/keys/..%2Fsecrets", null, null, 404, "key-not-found"),
                new Wrong(
                        "a change of an unknown key",
                        "PATCH",
                        NOBODY,
                        bytes("{\"alias\":\"x\"}"),
                        JSON,
                        404,
                        "key-not-found"),
                new Wrong(
                        "a rotation of an unknown key",
                        "POST",
                        NOBODY + "/rotate",
                        bytes("{" + good + "}"),
                        JSON,
                        404,
                        "key-not-found"),
                new Wrong("the end of an unknown key", "DELETE", NOBODY, null, null, 404, "key-not-found"),
                new Wrong(
                        "a user id of bad UTF-8",
                        "POST",
                        "/v1/users/%FF/keys",
                        bytes(openai(good)),
                        JSON,
                        400,
                        "request-invalid"),
                new Wrong(
                        "a user id of 256 characters",
                        "POST",
                        "/v1/users/" + "a".repeat(256) + "/keys",
                        bytes(openai(good)),
                        JSON,
                        422,
                        "user-id-invalid"),
                new Wrong(
                        "a user id with NUL",
                        "POST",
                        "/v1/users/a%00b/keys",
                        bytes(openai(good)),
                        JSON,
                        400,
                        "request-invalid"),
                new Wrong(
                        "a limit that is no number",
                        "GET",
                        "/v1/keys?limit=many",
                        null,
                        null,
                        400,
                        "parameter-invalid"),
                new Wrong("a forged cursor", "GET", "/v1/keys?cursor=AAAA", null, null, 400, "cursor-invalid"),
                new Wrong(
                        "a status that is none", "GET", "/v1/keys?status=happy", null, null, 400, "parameter-invalid"),
                new Wrong(
                        "a report of nothing",
                        "POST",
                        "/v1/usage",
                        bytes("{\"records\":[]}"),
                        JSON,
                        422,
                        "field-invalid"),
                new Wrong(
                        "a resolve for nobody",
                        "POST",
                        "/v1/resolve",
                        bytes(Credentials.resolve("nobody-" + MARK, "openai")),
                        JSON,
                        404,
                        "no-usable-key"),
                new Wrong(
                        "a resolve without a purpose",
                        "POST",
                        "/v1/resolve",
                        bytes("{\"userId\":\"a\",\"provider\":\"openai\"}"),
                        JSON,
                        422,
                        "field-missing")));
        for (String move : List.of("rotate", "disable", "enable", "revoke")) {
            wrong.add(new Wrong(
                    "bad JSON to " + move,
                    "POST",
                    "/v1/keys/{key}/" + move,
                    bytes("{\"" + MARK),
                    JSON,
                    400,
                    "json-malformed"));
        }
        wrong.add(new Wrong(
                "a change of what cannot change",
                "PATCH",
                "/v1/keys/{key}",
                bytes("{\"status\":\"" + MARK + "\"}"),
                JSON,
                422,
                "field-invalid"));
        wrong.add(new Wrong(
                "a rotation to nothing", "POST", "/v1/keys/{key}/rotate", bytes("{}"), JSON, 422, "field-missing"));
        wrong.add(new Wrong(
                "an overlap of a year",
                "POST",
                "/v1/keys/{key}/rotate",
                bytes(Credentials.rotate("sk-proj-" + MARK, "P365D")),
                JSON,
                422,
                "overlap-invalid"));
        return wrong.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void a_wrong_request_is_refused_by_a_stable_code_and_writes_nothing(Wrong wrong) {
        long position = SharedServer.DATABASE.lastDeed();
        Answer refused = SharedServer.control()
                .send(wrong.method, wrong.path.replace("{key}", keyId), wrong.body, wrong.type)
                .expect(wrong.status, wrong.code);
        quiet(refused);
        assertThat(SharedServer.DATABASE.lastDeed()).isEqualTo(position);
    }

    Stream<Wrong> resolves() {
        return requests().filter(wrong -> wrong.path.equals("/v1/resolve"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("resolves")
    void the_data_plane_refuses_the_same_in_the_same_words(Wrong wrong) {
        Answer refused = SharedServer.dataPlane()
                .send(wrong.method, wrong.path, wrong.body, wrong.type)
                .expect(wrong.status, wrong.code);
        quiet(refused);
    }

    @Test
    void the_data_plane_has_nothing_but_resolve_and_health() {
        Api plane = SharedServer.dataPlane();
        plane.get("/v1/resolve").expect(405, "method-not-allowed");
        plane.get("/v1/keys").expect(404, "path-unknown");
        plane.get("/readyz").expect(200);
        plane.send("POST", "/v1/resolve", bytes("{"), JSON).expect(400, "json-malformed");
        plane.send("POST", "/v1/resolve", badUtf8(), JSON).expect(400, "encoding-invalid");
        plane.send("POST", "/v1/resolve", bytes("{}"), "text/plain").expect(415, "media-type-unsupported");
        plane.send("POST", "/v1/resolve", bytes("\"" + MARK.repeat(20_000) + "\""), JSON)
                .expect(413, "body-too-large");
    }

    @Test
    void wrong_headers_are_refused_by_name() {
        Api control = SharedServer.control();
        String body = openai("\"credential\":{\"apiKey\":\"sk-proj-" + MARK + "\"}");
        long position = SharedServer.DATABASE.lastDeed();
        control.with("Idempotency-Key", "").post(KEYS, body).expect(400, "idempotency-key-invalid");
        control.with("If-Match", "yesterday").delete("/v1/keys/" + keyId).expect(400, "if-match-invalid");
        control.with("Byok-Min-Position", "-1").get("/v1/keys").expect(400, "position-invalid");
        Answer never = control.since(Long.MAX_VALUE).get("/v1/keys").expect(503, "position-not-reached");
        assertThat(never.header("Retry-After")).isNotNull();
        assertThat(SharedServer.DATABASE.lastDeed()).isEqualTo(position);
    }

    @Test
    void a_missing_a_wrong_and_a_revoked_token_open_nothing() {
        Api control = SharedServer.control();
        Answer made = control.post("/v1/api-tokens", "{\"name\":\"short\",\"scopes\":[\"keys:read\"]}")
                .expect(201);
        Api limited = SharedServer.SERVER.anonymous().token(made.string("/token"));
        limited.get("/v1/keys").expect(200);
        limited.post(KEYS, openai("\"credential\":{\"apiKey\":\"sk-proj-" + MARK + "\"}"))
                .expect(403, "scope-missing");
        limited.post("/v1/resolve", Credentials.resolve("a", "openai")).expect(403, "scope-missing");
        SharedServer.SERVER
                .dataPlaneAs(made.string("/token"))
                .post("/v1/resolve", Credentials.resolve("a", "openai"))
                .expect(403, "scope-missing");
        control.delete("/v1/api-tokens/" + made.string("/id")).expect(204);
        long position = SharedServer.DATABASE.lastDeed();
        // Within a second, on every node: that is what is promised of tokens.
        Eventually.get(Duration.ofSeconds(5), () -> limited.get("/v1/keys"), answer -> answer.status() == 401)
                .expect(401, "token-invalid");

        String wrong = made.string("/token").substring(0, 20) + "x";
        for (Api plane : List.of(
                SharedServer.SERVER.anonymous(), SharedServer.dataPlane().anonymous())) {
            plane.post("/v1/resolve", Credentials.resolve("a", "openai")).expect(401, "token-missing");
            Answer refused = plane.token(wrong).post("/v1/resolve", Credentials.resolve("a", "openai"));
            refused.expect(401, "token-invalid");
            assertThat(refused.text()).doesNotContain(wrong);
            plane.with("Authorization", "Basic YTpi").post("/v1/resolve", "{}").expect(401, "token-invalid");
        }
        assertThat(SharedServer.DATABASE.lastDeed()).isEqualTo(position);
    }

    private static void quiet(Answer refused) {
        assertThat(refused.text())
                .doesNotContain(MARK)
                .doesNotContain("Exception")
                .doesNotContain("io.byok")
                .doesNotContain("at java");
    }

    private static Wrong add(String what, String body, int status, String code) {
        return new Wrong(what, "POST", KEYS, bytes(body), JSON, status, code);
    }

    private static String openai(String members) {
        return "{\"provider\":\"openai\"," + members + "}";
    }

    private static byte[] badUtf8() {
        byte[] body = bytes(openai("\"credential\":{\"apiKey\":\"" + MARK + "?\"}"));
        body[body.length - 4] = (byte) 0xff;
        return body;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
