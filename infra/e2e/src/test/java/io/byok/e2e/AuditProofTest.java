package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** P6: who has an export and an older signed state needs nobody's word. */
class AuditProofTest {

    private static final Logger log = LoggerFactory.getLogger(AuditProofTest.class);
    private static final Path LIB = ServerJvm.ROOT.resolve("infra/standalone/target/server/lib");
    private static final Path SECOND = ServerJvm.ROOT.resolve("infra/e2e/src/test/resources/verify.py");

    private final Api control = SharedServer.control();
    private final String user = Credentials.user();

    @TempDir
    private Path directory;

    private Path older;
    private Path bundle;
    private String key;

    private record Ran(int exit, String output) {}

    @BeforeEach
    void use_a_key_and_export() throws IOException {
        control.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai()))
                .expect(201);
        older = directory.resolve("older.note");
        bundle = directory.resolve("export.ndjson");
        Files.writeString(older, signed(0).string("/note"));
        Answer resolved = SharedServer.dataPlane()
                .post("/v1/resolve", Credentials.resolve(user, "openai"))
                .expect(200);
        Answer newest = signed(Long.parseLong(Files.readAllLines(older).get(1)));
        Answer proof = Eventually.get(
                Duration.ofSeconds(40),
                () -> control.get("/v1/audit/proofs/inclusion?useId=" + resolved.string("/useId")),
                answer -> answer.status() == 200);
        assertThat(proof.at("/size").asLong())
                .isGreaterThanOrEqualTo(newest.at("/size").asLong());
        Files.write(
                bundle,
                control.get("/v1/audit/export?words=true&since="
                                + Files.readAllLines(older).get(1))
                        .expect(200)
                        .body());
        key = control.get("/v1/audit/signing-key").expect(200).string("/key");
    }

    /** The newest signed state, once there is one that is larger. */
    private Answer signed(long than) {
        return Eventually.get(
                Duration.ofSeconds(40),
                () -> control.get("/v1/audit/checkpoint"),
                answer -> answer.status() == 200 && answer.at("/size").asLong() > than);
    }

    private Ran run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), output);
    }

    private Ran verify(String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                LIB + "/*",
                "io.byok.standalone.AuditVerifyMain"));
        command.addAll(List.of(more));
        return run(command);
    }

    @Test
    void an_export_of_a_running_server_is_verified_offline_and_a_changed_one_is_not() throws Exception {
        long begin = System.nanoTime();
        Ran sound = verify(bundle.toString(), "--key", key, "--since", older.toString());
        log.info(
                "verifying offline took {} ms",
                Duration.ofNanos(System.nanoTime() - begin).toMillis());
        assertThat(sound.exit()).as(sound.output()).isZero();
        assertThat(sound.output()).contains("exactly the ones that were signed").contains("continues the state of");

        List<String> lines = Files.readAllLines(bundle);
        lines.remove(1);
        Path cut = Files.write(directory.resolve("cut.ndjson"), lines);
        Ran missing = verify(cut.toString(), "--key", key);
        assertThat(missing.exit()).as(missing.output()).isEqualTo(1);
        assertThat(missing.output()).isEqualTo("NOT PROVED: leaf 0: it is missing\n");

        assertThat(verify(bundle.toString(), "--key", key.replace("ten_", "ten_x"))
                        .exit())
                .isEqualTo(2);
        assertThat(verify(bundle.toString()).output()).isEqualTo("byok: --key is missing (see: byok help)\n");
        assertThat(verify("nowhere", "--key", key).exit()).isEqualTo(2);
    }

    @Test
    void a_second_verifier_in_another_language_says_the_same() throws Exception {
        try {
            run(List.of("python3", "--version"));
        } catch (IOException absent) {
            log.warn("there is no python3 here: the second verifier was not run");
            return;
        }
        Ran sound = run(List.of("python3", SECOND.toString(), bundle.toString(), key, older.toString()));
        assertThat(sound.exit()).as(sound.output()).isZero();
        String text = Files.readString(bundle);
        for (String bad : List.of(
                text.replaceFirst("\"leaf\":\"AQ", "\"leaf\":\"AR"),
                text.replaceFirst("\"purpose\":\"", "\"purpose\":\"x"),
                text.replaceFirst("(?m)^\\{\"type\":\"leaf\",\"index\":1,.*\n", ""),
                text.replaceAll("(?m)^\\{\"type\":\"checkpoint\".*\n", ""))) {
            Path file = Files.writeString(directory.resolve("bad.ndjson"), bad);
            Ran unsound = run(List.of("python3", SECOND.toString(), file.toString(), key));
            assertThat(unsound.exit()).as(unsound.output()).isEqualTo(1);
            assertThat(unsound.output()).startsWith("NOT PROVED: ");
            assertThat(verify(file.toString(), "--key", key).exit()).isEqualTo(1);
        }
    }
}
