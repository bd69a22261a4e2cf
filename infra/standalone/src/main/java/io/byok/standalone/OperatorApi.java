package io.byok.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The running server of a data directory, as its operator sees it: the address is in the state file, the token in
 * {@code BYOK_TOKEN} or in the file of the first token.
 */
final class OperatorApi implements AutoCloseable {

    /** An answer. */
    record Answer(int status, JsonNode body) {

        boolean refusedWith(String code) {
            return status >= 400 && code.equals(body.path("code").asString(""));
        }
    }

    static final JsonMapper JSON = JsonMapper.shared();

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI base;
    private final String token;

    private OperatorApi(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /** @throws OperatorFailure when no server runs there, or no token is to be found */
    static OperatorApi of(Path data, Map<String, String> environment) {
        return new OperatorApi(address(data), token(data, environment));
    }

    private static URI address(Path data) {
        try {
            return Files.readAllLines(data.resolve("server.state")).stream()
                    .filter(line -> line.startsWith("control="))
                    .map(line -> URI.create(line.substring("control=".length())))
                    .findFirst()
                    .orElseThrow(() -> notRunning(data));
        } catch (IOException none) {
            throw notRunning(data);
        }
    }

    private static OperatorFailure notRunning(Path data) {
        return new OperatorFailure(
                OperatorFailure.NOT_RUNNING, "no server is running on " + data + "; start one with: ./byok up");
    }

    private static String token(Path data, Map<String, String> environment) {
        String given = environment.getOrDefault("BYOK_TOKEN", "").strip();
        if (!given.isEmpty()) {
            return given;
        }
        try {
            return Files.readString(data.resolve("first-token")).strip();
        } catch (IOException none) {
            throw new OperatorFailure(
                    OperatorFailure.FAILED,
                    "no token: set BYOK_TOKEN to one with the scope tenants:write, or keep "
                            + data.resolve("first-token"));
        }
    }

    Answer get(String path) {
        return send(path, null);
    }

    Answer post(String path, JsonNode body) {
        return send(path, body);
    }

    /** What is no JSON, as it is. @throws OperatorFailure when there is none */
    String text(String path) {
        HttpResponse<String> response = exchange(path, null);
        if (response.statusCode() >= 300) {
            throw new OperatorFailure(OperatorFailure.FAILED, "there is no " + path);
        }
        return response.body();
    }

    private Answer send(String path, @Nullable JsonNode body) {
        HttpResponse<String> response = exchange(path, body);
        try {
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (JacksonException foreign) {
            throw new OperatorFailure(OperatorFailure.FAILED, "what answers at " + base + " is no BYOK server");
        }
    }

    private HttpResponse<String> exchange(String path, @Nullable JsonNode body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).header("Authorization", "Bearer " + token);
        if (body != null) {
            request.header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException away) {
            throw new OperatorFailure(OperatorFailure.NOT_RUNNING, "the server at " + base + " does not answer");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new OperatorFailure(OperatorFailure.FAILED, "interrupted");
        }
    }

    /** The body, when all went well. @throws OperatorFailure with the server's own words otherwise */
    static JsonNode accepted(Answer answer) {
        if (answer.status() < 300) {
            return answer.body();
        }
        String detail = answer.body().path("detail").asString("");
        throw new OperatorFailure(
                OperatorFailure.FAILED,
                (answer.body().path("title").asString("refused") + " " + detail).strip() + " (HTTP " + answer.status()
                        + ", " + answer.body().path("code").asString("no code") + ")");
    }

    @Override
    public void close() {
        http.close();
    }
}
