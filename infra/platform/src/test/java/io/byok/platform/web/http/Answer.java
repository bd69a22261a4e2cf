package io.byok.platform.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What came back, and what must hold for every problem whatever its cause. */
record Answer(int status, Map<String, String> headers, String body) {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    /** Sends a body and headers, given as name and value in turn. */
    static Answer to(int port, String method, String path, byte @Nullable [] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        var response = CLIENT.send(request.build(), BodyHandlers.ofString());
        Map<String, String> received = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers().map().forEach((name, values) -> received.put(name, String.join(", ", values)));
        return new Answer(response.statusCode(), received, response.body());
    }

    /** Sends the very bytes and reads until the server closes. */
    static Answer toRaw(int port, byte[] bytes) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(8000);
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(all);
            String text = all.toString(StandardCharsets.UTF_8);
            int end = text.indexOf("\r\n\r\n");
            assertThat(end).as("an answer: %s", text).isPositive();
            List<String> head = text.substring(0, end).lines().toList();
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            head.stream()
                    .skip(1)
                    .forEach(line -> headers.put(
                            line.substring(0, line.indexOf(':')),
                            line.substring(line.indexOf(':') + 1).strip()));
            return new Answer(Integer.parseInt(head.getFirst().split(" ")[1]), headers, text.substring(end + 4));
        }
    }

    /** Checks that this is a whole problem with that code, and gives its document. */
    JsonNode problem(int expectedStatus, String code) {
        assertThat(status).as("status of %s", this).isEqualTo(expectedStatus);
        assertThat(headers.get("Content-Type")).as("type of %s", this).isEqualTo("application/problem+json");
        assertThat(headers).containsKey("X-Request-Id").containsEntry("X-Content-Type-Options", "nosniff");
        assertThat(headers).containsEntry("Cache-Control", "no-store").doesNotContainKeys("Server", "X-Powered-By");
        JsonNode problem = JSON.readTree(body);
        assertThat(problem.propertyNames())
                .containsExactly("type", "title", "status", "detail", "code", "requestId", "errors");
        assertThat(problem.get("code").stringValue()).isEqualTo(code);
        assertThat(problem.get("type").stringValue()).isEqualTo("urn:byok:error:" + code);
        assertThat(problem.get("status").intValue()).isEqualTo(expectedStatus);
        assertThat(problem.get("requestId").stringValue()).isEqualTo(headers.get("X-Request-Id"));
        assertThat(body.toLowerCase(Locale.ROOT)).doesNotContain("exception", "java.", "tomcat", "spring", "jackson");
        return problem;
    }
}
