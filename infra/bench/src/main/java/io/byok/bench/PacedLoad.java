package io.byok.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests at a fixed rate, whatever the answers do (open loop). Times are from when a request was due, so that a server
 * that keeps its callers waiting cannot hide it.
 */
final class PacedLoad implements AutoCloseable {

    private static final Pattern CODE = Pattern.compile("\"code\":\"([a-z-]+)\"");

    /** @param millis of every answer, sorted @param answers how many of each status, with the code of a problem */
    record Seen(double[] millis, Map<String, Integer> answers) {

        int of(int status) {
            return answers.entrySet().stream()
                    .filter(answer -> answer.getKey().startsWith("" + status))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }

        double p99() {
            return millis[(int) ((millis.length - 1) * 0.99)];
        }
    }

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(threads)
            .build();

    /** Begins at once. @param requests sent in turn */
    Future<Seen> start(List<HttpRequest> requests, double perSecond, Duration length) {
        return threads.submit(() -> {
            int count = (int) (perSecond * length.toMillis() / 1000);
            ConcurrentLinkedQueue<Double> times = new ConcurrentLinkedQueue<>();
            ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();
            List<CompletableFuture<?>> answers = new ArrayList<>(count);
            long begun = System.nanoTime();
            for (int i = 0; i < count; i++) {
                long due = begun + (long) (i / perSecond * 1e9);
                for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                answers.add(client.sendAsync(requests.get(i % requests.size()), BodyHandlers.ofString())
                        .thenAccept(answer -> {
                            times.add((System.nanoTime() - due) / 1e6);
                            said.add(word(answer));
                        }));
            }
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
            Map<String, Integer> counts = new TreeMap<>();
            said.forEach(word -> counts.merge(word, 1, Integer::sum));
            return new Seen(
                    times.stream().mapToDouble(Double::doubleValue).sorted().toArray(), counts);
        });
    }

    private static String word(HttpResponse<String> answer) {
        Matcher code = CODE.matcher(answer.statusCode() == 200 ? "" : answer.body());
        return answer.statusCode() + (code.find() ? " " + code.group(1) : "");
    }

    /** The body of an answer that must be a success. */
    String ask(HttpRequest request) throws IOException, InterruptedException {
        var answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(request.uri() + " answered " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    @Override
    public void close() {
        client.close();
        threads.close();
    }
}
