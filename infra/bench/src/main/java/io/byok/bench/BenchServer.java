package io.byok.bench;

import io.byok.engines.FileTrees;
import io.byok.engines.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The whole product in a process of its own, on engines of its own, as {@code ./byok up} starts it. */
final class BenchServer implements AutoCloseable {

    private static final String READY = "byok: ready";

    private final Path data;
    private final Process process;
    private final URI control;
    private final URI dataPlane;
    private final String token;
    private final HttpClient http = HttpClient.newHttpClient();

    private BenchServer(Path data, Process process, URI control, URI dataPlane, String token) {
        this.data = data;
        this.process = process;
        this.control = control;
        this.dataPlane = dataPlane;
        this.token = token;
    }

    /** Returns when it is ready. */
    static BenchServer start() throws IOException {
        return start(Map.of());
    }

    /** Returns when it is ready. @param settings of its environment, which holds nothing else of ours */
    static BenchServer start(Map<String, String> settings) throws IOException {
        Path data = Files.createTempDirectory("byok-bench-server-");
        int[] ports = Ports.free(3);
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-XX:+UseCompactObjectHeaders",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.byok.standalone.ByokMain",
                        "serve",
                        "--log",
                        "file",
                        "--data",
                        data.toString(),
                        "--port",
                        "" + ports[0],
                        "--data-port",
                        "" + ports[1],
                        "--management-port",
                        "" + ports[2])
                .redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("BYOK_") || name.startsWith("KAFKA_") || name.equals("DATABASE_URL"));
        builder.environment().putAll(settings);
        Process process = builder.start();
        BufferedReader said = process.inputReader();
        String line = said.readLine();
        while (line != null && !line.startsWith(READY)) {
            line = said.readLine();
        }
        if (line == null) {
            throw new IOException("the server did not start; see " + data.resolve("logs"));
        }
        Thread.ofPlatform().daemon().start(() -> drain(said));
        String token = Files.readString(data.resolve("first-token")).strip();
        return new BenchServer(data, process, loopback(ports[0]), loopback(ports[1]), token);
    }

    private static URI loopback(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    URI control() {
        return control;
    }

    URI dataPlane() {
        return dataPlane;
    }

    /** That may do everything in the tenant {@code default} and operate the platform. */
    String token() {
        return token;
    }

    /** Whatever it says from now on must not fill the pipe and block it. */
    private static void drain(BufferedReader said) {
        try (said) {
            said.transferTo(Writer.nullWriter());
        } catch (IOException ended) {
            // with the process
        }
    }

    /**
     * One request on one connection that stays open.
     *
     * @param body JSON; empty for none
     * @throws IllegalStateException when the answer is no success
     */
    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(control.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(method + " " + path + " answered " + answer.body());
        }
        return answer;
    }

    @Override
    public void close() {
        http.close();
        process.destroy();
        process.onExit().join();
        FileTrees.delete(data);
    }
}
