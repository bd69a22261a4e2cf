package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.byok.testkit.ScriptedAws;
import io.byok.testkit.ScriptedAzure;
import io.byok.testkit.ScriptedEndpoint;
import io.byok.testkit.ScriptedEndpoint.Mood;
import io.byok.testkit.ScriptedGoogle;
import io.byok.testkit.ServiceAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged server with a cloud's module beside it, as it is installed. */
class CloudRootTest {

    /** A whole life with one of them, by default; all three with {@code -Dbyok.clouds=all}. */
    private static final String LIVED = System.getProperty("byok.clouds", "aws");

    @ParameterizedTest
    @ValueSource(strings = {"aws", "google", "azure"})
    void a_server_lives_on_a_clouds_root_rotates_it_and_leaves_it(String cloud) throws IOException {
        assumeThat(LIVED).as("with -Dbyok.clouds=all").isIn(cloud, "all");
        try (World world = World.fresh();
                ScriptedEndpoint service = service(cloud)) {
            Map<String, String> outside = with(world, Map.of());
            Map<String, String> inside = with(outside, root("BYOK_KEK", cloud, service));
            try (Server server = Server.of(inside)) {
                String user = Credentials.user();
                String secret = Credentials.openai();
                server.control()
                        .post(Credentials.keysOf(user), Credentials.add("openai", secret))
                        .expect(201);
                assertThat(resolved(server, user)).isEqualTo(secret);
                assertThat(server.data().resolve("keyring")).doesNotExist();

                server.stop();
                server.start();
                assertThat(resolved(server, user)).isEqualTo(secret);

                rotateRoot(server);
                assertThat(resolved(server, user)).isEqualTo(secret);

                // What a client cannot read it may quote: here it would be an unwrapped key.
                service.mood(Mood.GARBAGE);
                server.control()
                        .post("/v1/tenants", "{\"name\":\"amid-garbage\"}")
                        .expect(503, "keys-unavailable");
                service.mood(Mood.WELL);

                server.stop();
                Map<String, String> leaving = new HashMap<>(with(outside, root("BYOK_PREVIOUS_KEK", cloud, service)));
                leaving.put("BYOK_KEK", "keyring-file");
                server.start(leaving);
                rotateRoot(server);
                server.stop();
                service.goAway();
                server.start(outside);
                assertThat(resolved(server, user)).isEqualTo(secret);
                assertThat(server.log() + server.console())
                        .doesNotContain(SECRET, ScriptedGoogle.TOKEN, ScriptedAzure.TOKEN)
                        .doesNotContain(ScriptedEndpoint.GARBAGE);
                service.comeBack();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws", "google", "azure"})
    void a_plugin_brings_no_other_version_of_what_the_server_has(String cloud) throws IOException {
        Map<String, Set<String>> server = versions(LIB);
        Map<String, Set<String>> plugin = versions(plugin(cloud));
        assertThat(plugin).containsKey("byok-kms-" + cloud);
        plugin.keySet().retainAll(server.keySet());
        assertThat(plugin)
                .allSatisfy((name, version) -> assertThat(server.get(name)).containsAll(version));
    }

    @Test
    void the_server_is_not_made_of_any_of_them() throws IOException {
        assertThat(versions(LIB).keySet())
                .isNotEmpty()
                .noneMatch(name -> name.startsWith("byok-kms-")
                        || name.equals("kms")
                        || name.startsWith("google-api-")
                        || name.startsWith("azure-"));
    }

    private static final Path LIB = ServerJvm.ROOT.resolve("infra/standalone/target/server/lib");
    private static final String SECRET = "scripted-secret-access-key";

    private static ScriptedEndpoint service(String cloud) {
        return switch (cloud) {
            case "aws" -> new ScriptedAws();
            case "google" -> new ScriptedGoogle();
            default -> new ScriptedAzure();
        };
    }

    /** @param which the setting that names it: of the current root, or of the one to leave */
    private static Map<String, String> root(String which, String cloud, ScriptedEndpoint service) throws IOException {
        Map<String, String> login = switch (cloud) {
            case "aws" ->
                Map.of(
                        which,
                        "aws-kms",
                        which + "_AWS_KMS_ENDPOINT",
                        service.address(),
                        which + "_AWS_KMS_REGION",
                        ScriptedAws.REGION,
                        "AWS_ACCESS_KEY_ID",
                        ScriptedAws.ACCESS_KEY,
                        "AWS_SECRET_ACCESS_KEY",
                        SECRET);
            case "google" ->
                Map.of(
                        which,
                        "google-kms",
                        which + "_GOOGLE_KMS_ENDPOINT",
                        service.address(),
                        which + "_GOOGLE_KMS_KEY_RING",
                        ScriptedGoogle.KEY_RING,
                        "GOOGLE_APPLICATION_CREDENTIALS",
                        ServiceAccount.write(Files.createTempFile("byok-account", ".json"), service.address())
                                .toString());
            default ->
                Map.of(
                        which,
                        "azure-keyvault",
                        which + "_AZURE_KEYVAULT_VAULT",
                        service.address(),
                        "IDENTITY_ENDPOINT",
                        service.address() + "/token",
                        "IDENTITY_HEADER",
                        ScriptedAzure.IDENTITY_HEADER);
        };
        Map<String, String> all = new HashMap<>(login);
        all.put("BYOK_PLUGINS", plugin(cloud).toString());
        return all;
    }

    private static Map<String, String> with(World world, Map<String, String> more) {
        Map<String, String> both = new HashMap<>(world.environment());
        both.remove("BYOK_ENCRYPTION_KEY");
        both.putAll(more);
        return both;
    }

    private static Map<String, String> with(Map<String, String> one, Map<String, String> more) {
        Map<String, String> both = new HashMap<>(one);
        both.putAll(more);
        return both;
    }

    private static void rotateRoot(Server server) {
        Shell.Ran ran = Shell.run("./byok keys rotate-kek --data '" + server.data() + "'");
        assertThat(ran.exit()).as(ran.output()).isZero();
        assertThat(ran.output()).contains("0 under the old version");
    }

    private static String resolved(Server server, String user) {
        return server.dataPlane()
                .post("/v1/resolve", Credentials.resolve(user, "openai"))
                .expect(200)
                .string("/credential/apiKey");
    }

    private static Path plugin(String cloud) {
        return ServerJvm.ROOT.resolve("infra/kms-" + cloud + "/target/plugin");
    }

    private static Map<String, Set<String>> versions(Path directory) throws IOException {
        Map<String, Set<String>> versions = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.forEach(file -> {
                Matcher form = Pattern.compile("(.+?)-(\\d.*|v1-rev.*)\\.jar")
                        .matcher(file.getFileName().toString());
                if (form.matches()) {
                    versions.computeIfAbsent(form.group(1), _ -> new TreeSet<>())
                            .add(form.group(2));
                }
            });
        }
        return versions;
    }
}
