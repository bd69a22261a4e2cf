package io.byok.platform.web.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.byok.platform.web.Scopes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that no well-behaved client can send. */
class RawHttpTest {

    private static final String MARK = "sk-marked-0123456789";

    private static int port;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        port = TestServer.get().port();
        token = TestServer.get().token(Scopes.KEYS_WRITE, Scopes.KEYS_READ, Scopes.USAGE_WRITE);
    }

    private static Answer send(String text) throws Exception {
        return Answer.toRaw(
                port,
                text.replace("\n", "\r\n")
                        .replace("TOKEN", token)
                        .replace("MARK", MARK)
                        .getBytes(ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            G\u0001T /MARK HTTP/1.1             | 400 | request-invalid
            GET /v1/things?limit=<MARK> HTTP/1.1 | 400 | request-invalid
            GET /v1/%zzMARK HTTP/1.1            | 400 | request-invalid
            GET /v1/things?limit=%zzMARK HTTP/1.1 | 400 | encoding-invalid
            GET /MARK HTTP/7.3                  | 400 | request-invalid
            GET /v1/../../MARK HTTP/1.1         | 400 | request-invalid
            """)
    void a_request_line_that_is_none_gets_a_problem(String line, int status, String code) throws Exception {
        Answer answer = send(line + "\nHost: a\nConnection: close\n\n");

        answer.problem(status, code);

        assertThat(answer.body()).doesNotContain("marked");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Host: a b
            MARK
            X-A: a\u0000MARK
            Content-Length: MARK
            Content-Length: -1
            Transfer-Encoding: MARK
            """)
    void headers_that_are_none_get_a_problem(String header) throws Exception {
        Answer answer = send("POST /v1/usage HTTP/1.1\nHost: a\nAuthorization: Bearer TOKEN\n"
                + "Content-Type: application/json\nConnection: close\n" + header + "\n\n");

        assertThat(answer.status()).isBetween(400, 501);
        assertThat(answer.body()).startsWith("{\"type\":\"urn:byok:error:").doesNotContain("marked");
    }

    @Test
    void headers_without_end_get_a_problem() throws Exception {
        Answer answer = send("GET /livez HTTP/1.1\nHost: a\nX-A: " + MARK.repeat(5000) + "\n\n");

        answer.problem(400, "request-invalid");
    }

    @Test
    void a_chunked_body_over_the_limit_is_refused() throws Exception {
        String chunk = "4000\n" + "x".repeat(0x4000) + "\n";

        send("POST /v1/users/u/things HTTP/1.1\nHost: a\nAuthorization: Bearer TOKEN\nConnection: close\n"
                        + "Content-Type: application/json\nTransfer-Encoding: chunked\n\n" + chunk.repeat(5) + "0\n\n")
                .problem(413, "body-too-large");
    }

    @Test
    void a_chunked_body_within_the_limit_is_read_whole() throws Exception {
        Answer answer = send("POST /v1/usage HTTP/1.1\nHost: a\nAuthorization: Bearer TOKEN\nConnection: close\n"
                + "Content-Type: application/json\nTransfer-Encoding: chunked\n\n3\n{\"a\n4\n\":1}\n0\n\n");

        assertThat(answer.body()).contains("{\"bytes\":7}");
    }

    @Test
    void a_broken_chunk_is_refused() throws Exception {
        send("POST /v1/usage HTTP/1.1\nHost: a\nAuthorization: Bearer TOKEN\nConnection: close\n"
                        + "Content-Type: application/json\nTransfer-Encoding: chunked\n\nMARK\n{}\n0\n\n")
                .problem(400, "request-invalid");
    }

    @Test
    void a_body_that_does_not_arrive_is_cut_off() throws Exception {
        send("POST /v1/usage HTTP/1.1\nHost: a\nAuthorization: Bearer TOKEN\nContent-Type: application/json\n"
                        + "Content-Length: 10\n\n{")
                .problem(408, "body-timeout");
    }

    @Test
    void a_stranger_who_sends_no_body_is_answered_at_once_and_not_after_it() throws Exception {
        send("POST /v1/usage HTTP/1.1\nHost: a\nContent-Type: application/json\nContent-Length: 10\n"
                        + "Connection: close\n\n{")
                .problem(401, "token-missing");
    }

    @Test
    void two_credentials_are_none() throws Exception {
        send("GET /v1/things?limit=1 HTTP/1.1\nHost: a\nAuthorization: Bearer TOKEN\nAuthorization: Bearer TOKEN\n"
                        + "Connection: close\n\n")
                .problem(401, "token-invalid");
    }

    @Test
    void an_idempotency_key_is_printable_ascii() throws Exception {
        send("POST /v1/users/u/things HTTP/1.1\nHost: a\nAuthorization: Bearer TOKEN\nConnection: close\n"
                        + "Content-Type: application/json\nContent-Length: 22\nIdempotency-Key: \u00e4\n\n"
                        + "{\"name\":\"a\",\"count\":1}")
                .problem(400, "idempotency-key-invalid");
    }
}
