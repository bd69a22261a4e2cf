package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The second audit sink of a running server: what leaves is in its files, and the files agree with the log. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditSinkTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Pattern POSITION = Pattern.compile("\"type\":\"event\",\"position\":([0-9]+)");
    private static final Path LIB = ServerJvm.ROOT.resolve("infra/standalone/target/server/lib");

    @TempDir
    private Path directory;

    private World world;
    private Server server;

    @AfterAll
    void close() {
        server.close();
        world.close();
    }

    @Test
    void what_leaves_is_in_the_files_first_and_the_files_agree_with_the_log() throws Exception {
        world = World.fresh();
        Path sink = directory.resolve("sink");
        server = Server.in(
                world,
                Map.of(
                        "BYOK_AUDIT_SINKS", "database,file",
                        "BYOK_AUDIT_SINK_DIRECTORY", sink.toString(),
                        "BYOK_AUDIT_SINK_SEGMENT", "4KB"));
        String user = Credentials.user();
        server.control()
                .post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai()))
                .expect(201);
        Set<Long> handedOut = new ConcurrentSkipListSet<>();
        AtomicInteger refused = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                callers.submit(() -> {
                    while (!over.get()) {
                        Answer answer = server.dataPlane().post("/v1/resolve", Credentials.resolve(user, "openai"));
                        if (answer.status() == 200) {
                            handedOut.add(answer.position());
                        } else {
                            answer.expect(503, "audit-unavailable");
                            refused.incrementAndGet();
                        }
                    }
                });
            }
            Eventually.get(PATIENCE, handedOut::size, size -> size > 50);
            Path away = Files.move(sink, directory.resolve("away")); // the next file cannot be made
            Eventually.get(PATIENCE, refused::get, number -> number > 20);
            int before = handedOut.size();
            int then = refused.get();
            Eventually.get(PATIENCE, refused::get, number -> number > then + 20);
            assertThat(handedOut).as("what left while the sink failed").hasSize(before);
            server.anonymous().get("/readyz").expect(503, "not-ready");
            assertThat(server.management().get("/actuator/health").expect(503).text())
                    .contains("it does not write");
            Files.move(away, sink);
            Eventually.get(PATIENCE, handedOut::size, size -> size > before + 50);
            over.set(true);
        }
        assertThat(positions(sink)).containsAll(handedOut);
        server.kill9();
        server.start();
        Path export = export();
        Ran same = check(sink, export);
        assertThat(same.exit()).as(same.output()).isZero();
        assertThat(same.output()).contains("committed events are the same in the log");

        Path first = first(sink);
        String text = Files.readString(first);
        Files.writeString(first, text.replaceFirst("\"sequence\":0", "\"sequence\":7"));
        assertThat(check(sink, export).output()).contains("the line was changed");
        Files.writeString(first, text.replaceFirst("\\{\"type\":\"event\".*\n", ""));
        assertThat(check(sink, export)).satisfies(ran -> {
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.output()).contains("its line is gone");
        });

        Map<String, String> none = new HashMap<>(server.environment());
        none.put("BYOK_AUDIT_SINKS", ",");
        Server.Attempt attempt = Server.attempt(directory.resolve("other"), none);
        assertThat(attempt.exit()).isNotZero();
        assertThat(attempt.console()).anyMatch(line -> line.contains("names no sink"));
    }

    /** The tenant's log, once all that is committed is in a signed state. */
    private Path export() throws IOException {
        Api control = server.control();
        String user = Credentials.user();
        long position = control.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai()))
                .expect(201)
                .position();
        String event = world.database()
                .rows("select event_id from log.event where position = " + position)
                .getFirst();
        Eventually.get(
                PATIENCE,
                () -> control.get("/v1/audit/proofs/inclusion?eventId=" + event),
                answer -> answer.status() == 200);
        byte[] lines = control.get("/v1/audit/export").expect(200).body();
        return Files.write(directory.resolve("export.ndjson"), lines);
    }

    private record Ran(int exit, String output) {}

    private static Ran check(Path sink, Path export) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        LIB + "/*",
                        "io.byok.standalone.AuditSinkMain",
                        sink.toString(),
                        export.toString()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), output);
    }

    private static List<Path> files(Path sink) throws IOException {
        try (Stream<Path> files = Files.list(sink)) {
            return files.sorted().toList();
        }
    }

    /** The first file that has an event in it. */
    private static Path first(Path sink) throws IOException {
        List<Path> all = new ArrayList<>(files(sink));
        while (!Files.readString(all.getFirst()).contains("\"type\":\"event\"")) {
            all.removeFirst();
        }
        return all.getFirst();
    }

    private static Set<Long> positions(Path sink) throws IOException {
        Set<Long> positions = new TreeSet<>();
        for (Path file : files(sink)) {
            Matcher found = POSITION.matcher(Files.readString(file));
            while (found.find()) {
                positions.add(Long.parseLong(found.group(1)));
            }
        }
        return positions;
    }
}
