package io.byok.platform.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.byok.platform.web.Scopes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadInputTest {

    private static final String THINGS = "/v1/users/u%2F1/things";
    private static final String MARK = "sk-marked-0123456789";

    private static int port;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        port = TestServer.get().port();
        token = TestServer.get().token(Scopes.KEYS_WRITE, Scopes.KEYS_READ, Scopes.USAGE_WRITE);
    }

    private static Answer post(byte[] body, String... more) throws Exception {
        return send("POST", THINGS, body, more);
    }

    private static Answer send(String method, String path, byte[] body, String... more) throws Exception {
        String[] headers = new String[more.length + 4];
        headers[0] = "Authorization";
        headers[1] = "Bearer " + token;
        headers[2] = "Content-Type";
        headers[3] = "application/json";
        System.arraycopy(more, 0, headers, 4, more.length);
        return Answer.to(port, method, path, body, headers);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"name":"MARK"                                     | 400 | json-malformed   | -
            {"name":MARK}                                      | 400 | json-malformed   | -
            {"name":"a","count":1} MARK                        | 400 | json-malformed   | -
            {"name":"a","count":1} {}                          | 400 | json-malformed   | -
            {"name":"a","name":"MARK","count":1}               | 400 | json-malformed   | -
            {"name":"a","count":1,"surplus":"MARK"}            | 422 | field-unknown    | /surplus
            {"name":"a","count":1,"MARK":"x"}                  | 422 | field-unknown    | ``
            {"name":"a","count":1,"credential":{"apiKey":"a","ApiKey":"MARK"}} | 422 | field-unknown | /credential/ApiKey
            {"name":"MARK"}                                    | 422 | field-missing    | /count
            {"count":1}                                        | 422 | field-missing    | /name
            {"name":"a","count":1,"credential":{}}             | 422 | field-missing    | /credential/apiKey
            {"name":null,"count":1}                            | 422 | field-invalid    | /name
            {"name":5,"count":1}                               | 422 | field-invalid    | /name
            {"name":true,"count":1}                            | 422 | field-invalid    | /name
            {"name":["MARK"],"count":1}                        | 422 | field-invalid    | /name
            {"name":"a","count":"1"}                           | 422 | field-invalid    | /count
            {"name":"a","count":1.5}                           | 422 | field-invalid    | /count
            {"name":"a","count":null}                          | 422 | field-invalid    | /count
            {"name":"a","count":99999999999}                   | 422 | field-invalid    | /count
            {"name":"a","count":1,"level":"MARK"}              | 422 | field-invalid    | /level
            {"name":"a","count":1,"level":0}                   | 422 | field-invalid    | /level
            {"name":"a","count":1,"tags":"MARK"}               | 422 | field-invalid    | /tags
            {"name":"a","count":1,"tags":["x",7]}              | 422 | field-invalid    | /tags/1
            {"name":"a","count":1,"tags":[null]}               | 422 | field-invalid    | /tags/0
            {"name":"a","count":1,"credential":"MARK"}         | 422 | field-invalid    | /credential
            {"name":"a","count":1,"labels":{"MARK":3}}         | 422 | field-invalid    | /labels
            {"name":"a","count":1,"at":"MARK"}                 | 422 | field-invalid    | /at
            {"name":"a","count":1,"at":1700000000}             | 422 | field-invalid    | /at
            {"name":"a","count":1,"amount":1e3}                | 422 | field-invalid    | /amount
            {"name":"a","count":1,"amount":"1e999999999"}      | 422 | field-invalid    | /amount
            {"name":"a","count":1,"key":"MARK"}                | 422 | field-invalid    | /key
            {"name":"a\\u0000","count":1}                      | 422 | field-invalid    | /name
            {"name":"a\\ud800","count":1}                      | 422 | field-invalid    | /name
            ["MARK"]                                           | 422 | field-invalid    | ``
            "MARK"                                             | 422 | field-invalid    | ``
            null                                               | 400 | body-missing     | -
            """)
    void a_body_that_is_not_what_the_type_says_is_refused_with_a_place_and_without_an_echo(
            String body, int status, String code, String pointer) throws Exception {
        Answer answer = post(body.replace("MARK", MARK).replace("\\\\u", "\\u").getBytes(UTF_8));

        var problem = answer.problem(status, code);

        assertThat(answer.body()).doesNotContain("0123456789").doesNotContain("marked");
        if (!"-".equals(pointer)) {
            assertThat(problem.get("errors").get(0).get("pointer").stringValue())
                    .isEqualTo(pointer);
        }
    }

    @Test
    void malformed_json_is_told_by_line_and_column() throws Exception {
        var problem = post("{\n  \"name\": oops}".getBytes(UTF_8)).problem(400, "json-malformed");

        assertThat(problem.get("detail").stringValue()).contains("line 2");
    }

    @Test
    void wrong_utf8_is_refused() throws Exception {
        byte[] body = "{\"name\":\"a?\",\"count\":1}".getBytes(UTF_8);
        body[10] = (byte) 0xff;

        post(body).problem(400, "encoding-invalid");
    }

    @Test
    void an_empty_body_is_missing() throws Exception {
        post(new byte[0]).problem(400, "body-missing");
    }

    @Test
    void a_body_over_the_limit_is_refused_and_usage_may_send_more() throws Exception {
        byte[] hundredThousand = ("{\"name\":\"" + "x".repeat(100_000) + "\",\"count\":1}").getBytes(UTF_8);

        post(hundredThousand).problem(413, "body-too-large");
        assertThat(send("POST", "/v1/usage", hundredThousand).body()).isEqualTo("{\"bytes\":100021}");
    }

    @ParameterizedTest
    @CsvSource({"text/plain", "application/xml", "application/json;charset=latin1", "multipart/form-data;boundary=x"})
    void another_content_type_is_refused(String type) throws Exception {
        Answer.to(port, "POST", THINGS, "{}".getBytes(UTF_8), "Authorization", "Bearer " + token, "Content-Type", type)
                .problem(415, "media-type-unsupported");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/nothing, 404, path-unknown",
        "GET, /v3/api-docs, 404, path-unknown",
        "GET, /error, 404, path-unknown",
        "GET, //v1/things?limit=1, 404, path-unknown",
        "DELETE, /v1/things, 405, method-not-allowed",
        "TRACE, /v1/things, 405, method-not-allowed",
        "BREW, /v1/things, 405, method-not-allowed",
        "GET, /v1/things, 400, parameter-invalid",
        "GET, /v1/things?limit=sk-marked, 400, parameter-invalid",
        "GET, /v1/things?limit=%ff, 400, encoding-invalid",
        "GET, /v1/things?limit=%00, 400, encoding-invalid",
        "GET, /v1/users/%c0%af/things, 400, request-invalid",
        "GET, /v1/things/refused/fails, 409, thing-gone",
        "GET, /v1/things/unavailable/fails, 503, audit-unavailable",
        "GET, /v1/things/sk-marked/fails, 500, internal-error",
    })
    void every_other_failure_has_its_code(String method, String path, int status, String code) throws Exception {
        Answer answer = send(method, path, new byte[0]);

        answer.problem(status, code);

        assertThat(answer.body()).doesNotContain("marked");
        assertThat(answer.headers().containsKey("Allow")).isEqualTo(status == 405);
        if (status == 503) {
            assertThat(answer.headers()).containsEntry("Retry-After", "2");
        }
    }

    @Test
    void an_answer_nobody_can_give_in_that_form_is_refused_as_a_problem_all_the_same() throws Exception {
        send("GET", "/v1/things?limit=1", new byte[0], "Accept", "text/html").problem(406, "not-acceptable");
    }

    @ParameterizedTest
    @CsvSource({
        "If-Match, W/\"3\", if-match-invalid",
        "If-Match, 3, if-match-invalid",
        "If-Match, '\"3\", \"4\"', " + "if-match-invalid"
    })
    void conditions_that_cannot_be_read_are_refused(String name, String value, String code) throws Exception {
        post("{\"name\":\"a\",\"count\":1}".getBytes(UTF_8), name, value).problem(400, code);
    }

    @Test
    void what_is_in_order_comes_through_in_its_one_form() throws Exception {
        String body = """
                {"name":"\u00e9\ud83d\ude00","count":1,"level":"on-transient","at":"2026-01-02T03:04:05+01:00",
                 "amount":"0.0000000010","key":"key_01jzc8q3v5e9rb2m4n6p8s0t1w"}""";

        Answer answer = post(body.getBytes(UTF_8), "If-Match", "\"7\"", "Idempotency-Key", "a b");

        assertThat(answer.body()).isEqualTo("""
                {"user":"u/1","name":"\u00e9\ud83d\ude00","level":"on-transient","at":"2026-01-02T02:04:05Z",\
                "amount":"0.0000000010","key":"key_01jzc8q3v5e9rb2m4n6p8s0t1w",\
                "tenant":"ten_01jr000000e008000000000001","bytes":%d,"idempotencyKey":"a b","expected":7}""".formatted(body.getBytes(UTF_8).length));
        assertThat(answer.status()).isEqualTo(201);
    }
}
