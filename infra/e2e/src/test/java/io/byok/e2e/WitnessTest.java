package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second party holds the platform to its history. The server of all tests has this witness, which trusts nobody at first. */
class WitnessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Api control = SharedServer.control();
    private final WitnessProcess witness = SharedServer.WITNESS;

    @TempDir
    private Path directory;

    private Answer cosigned(long than) {
        return Eventually.get(
                PATIENCE,
                () -> control.get("/v1/audit/checkpoint"),
                answer -> answer.status() == 200
                        && answer.at("/size").asLong() > than
                        && answer.string("/note").contains("\n— auditor.example "));
    }

    private int verify(Path bundle, String key, String witnessKey) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        ServerJvm.ROOT.resolve("infra/standalone/target/server/lib") + "/*",
                        "io.byok.standalone.AuditVerifyMain",
                        bundle.toString(),
                        "--key",
                        key,
                        "--witness",
                        witnessKey)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile())
                .start();
        return process.waitFor();
    }

    @Test
    void the_states_of_a_server_are_cosigned_over_a_crash_of_the_witness_and_an_export_shows_it() throws Exception {
        String key = control.get("/v1/audit/signing-key").expect(200).string("/key");
        witness.trust(key);
        String user = Credentials.user();
        control.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai()))
                .expect(201);
        long first = cosigned(0).at("/size").asLong();
        witness.crashAndRestart();
        control.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai()))
                .expect(201);
        Answer newest = cosigned(first);
        Path bundle = directory.resolve("export.ndjson");
        // A later state may be the newest by now, and wait for its cosignature: the one we saw is in the export, too.
        Files.write(bundle, control.get("/v1/audit/export").expect(200).body());
        assertThat(verify(bundle, key, witness.key()))
                .as(Files.readString(directory.resolve("said")))
                .isZero();
        assertThat(Files.readString(directory.resolve("said")))
                .contains("auditor.example had seen the state of ")
                .doesNotContain("NOT PROVED");
        String mlDsa = control.get("/v1/audit/signing-key").expect(200).string("/mlDsaKey");
        assertThat(verify(bundle, key, mlDsa))
                .as(Files.readString(directory.resolve("said")))
                .isZero();
        assertThat(Files.readString(directory.resolve("said")))
                .contains(newest.string("/origin") + " had seen the state of ");
        assertThat(newest.string("/note")).startsWith(newest.string("/origin") + "\n" + newest.at("/size") + "\n");

        String other = "auditor.example+00000000" + witness.key().substring("auditor.example+00000000".length());
        assertThat(verify(bundle, key, other)).as("no key").isEqualTo(2);
        try (Stream<String> lines = Files.lines(bundle)) {
            List<String> stripped = lines.map(line -> line.replaceAll("— auditor.example [^\\\\]*\\\\n", ""))
                    .toList();
            Files.write(bundle, stripped, StandardCharsets.UTF_8);
        }
        assertThat(verify(bundle, key, witness.key()))
                .as("without cosignatures")
                .isEqualTo(3);
        assertThat(control.get("/v1/audit/checkpoint?size=" + first).expect(200).string("/note"))
                .contains("\n— auditor.example ");
    }

    @Test
    void the_health_of_a_server_shows_its_witnesses() {
        assertThat(SharedServer.SERVER
                        .management()
                        .get("/actuator/health")
                        .expect(200)
                        .text())
                .contains("auditor.example");
    }
}
