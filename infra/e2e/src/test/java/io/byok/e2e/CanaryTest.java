package io.byok.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * P1: marked credentials go along every way that a secret can take into the server, right and wrong, with the log at its
 * most verbose, over a restart; afterwards everything that the server wrote or said is searched for them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CanaryTest {

    private static final String JSON = "application/json";

    private final Canary canary = new Canary();
    private final List<Answer> answers = new ArrayList<>();
    private final String user = Credentials.user();
    private final String keys = Credentials.keysOf(user);
    private final Server server = Server.embedded(Map.of("BYOK_LOG_LEVEL", "TRACE"));
    private Api control = server.control().seenBy(answers::add);
    private Answer resolved = control.get("/readyz");
    private DatabaseDump dump = new DatabaseDump("");

    @BeforeAll
    void secrets_take_every_way() throws Exception {
        rightWays();
        wrongWays(control, "/v1/users/" + Api.encoded(user) + "/keys");
        wrongWays(server.dataPlane().seenBy(answers::add), "/v1/resolve");
        // What is still on its way to Kafka or to the read models arrives.
        control.since(lastPosition()).get("/v1/audit/events?limit=100").expect(200);
        server.kill9();
        server.start();
        control = server.control().seenBy(answers::add);
        everyRead();
        resolved = server.dataPlane()
                .post("/v1/resolve", Credentials.resolve(user, "openai"))
                .expect(200);
        server.stop();
        dump = DatabaseDump.ofStopped(server.data());
    }

    @AfterAll
    void close() {
        server.close();
    }

    private void rightWays() {
        String id = add(marked(Credentials.openai()), "openai");
        add(marked(Credentials.anthropic()), "anthropic");
        add(marked(Credentials.deepgram()), "deepgram");
        control.post(
                        keys,
                        Credentials.addTwilio(
                                Credentials.twilioSid(), marked(Credentials.random("0123456789abcdef", 48))))
                .expect(201);
        Api once = control.with("Idempotency-Key", UUID.randomUUID().toString());
        String body = Credentials.add("openai", marked(Credentials.openai()), "\"environment\":\"staging\",");
        once.post(keys, body).expect(201);
        once.post(keys, body).expect(201);
        once.post(keys, body.replace("staging", "test")).expect(422);
        String path = "/v1/keys/" + id;
        control.post(path + "/rotate", Credentials.rotate(marked(Credentials.openai()), "PT1H"))
                .expect(200);
        control.with("If-Match", "\"99\"")
                .post(path + "/rotate", Credentials.rotate(marked(Credentials.openai()), "PT0S"))
                .expect(412);
        control.post(path + "/disable").expect(200);
        control.post(path + "/rotate", Credentials.rotate(marked(Credentials.openai()), "PT0S"));
        control.post(path + "/enable").expect(200);
        Api quiet = server.control();
        quiet.post("/v1/resolve", Credentials.resolve(user, "openai")).expect(200);
        server.dataPlane()
                .post("/v1/resolve", Credentials.resolve(user, "twilio"))
                .expect(200);
        control.post("/v1/resolve?dryRun=true", Credentials.resolve(user, "openai"))
                .expect(200);
        control.post(
                        "/v1/usage",
                        "{\"records\":["
                                + Credentials.usage("1", user, "openai", id, "\"occurredAt\":\"2026-03-02T00:00:00Z\"")
                                + "]}")
                .expect(202);
    }

    /** Where credentials do not belong, and in shapes that nobody can read. */
    private void wrongWays(Api api, String path) {
        String secret = "\"" + marked(Credentials.openai()) + "\"";
        String good = "{\"provider\":\"openai\",\"credential\":{\"apiKey\":" + secret + "}}";
        List<String> bodies = List.of(
                "{\"provider\":\"nobody\",\"credential\":{\"apiKey\":" + secret + "}}",
                "{\"provider\":" + secret + ",\"credential\":{\"apiKey\":" + secret + "}}",
                "{\"provider\":\"openai\",\"credential\":" + secret + "}",
                "{\"provider\":\"openai\",\"credential\":[" + secret + "]}",
                "{\"provider\":\"openai\",\"credential\":{\"apiKey\":[" + secret + "]}}",
                "{\"provider\":\"openai\",\"credential\":{\"apiKey\":{\"x\":" + secret + "}}}",
                "{\"provider\":\"openai\",\"credential\":{" + secret + ":\"x\"}}",
                "{\"provider\":\"openai\",\"credential\":{\"wrong\":" + secret + "}}",
                "{\"provider\":\"openai\",\"apiKey\":" + secret + "}",
                "{\"provider\":\"openai\"," + secret + ":1,\"credential\":{\"apiKey\":\"x\"}}",
                "{\"provider\":\"openai\",\"tags\":" + secret + ",\"credential\":{\"apiKey\":\"x\"}}",
                "{\"provider\":\"openai\",\"priority\":" + secret + ",\"credential\":{\"apiKey\":\"x\"}}",
                "{\"provider\":\"openai\",\"expiresAt\":" + secret + ",\"credential\":{\"apiKey\":\"x\"}}",
                "{\"provider\":\"openai\",\"validate\":" + secret + ",\"credential\":{\"apiKey\":\"x\"}}",
                "{\"provider\":\"openai\",\"environment\":" + secret + ",\"credential\":{\"apiKey\":\"x\"}}",
                "{\"provider\":\"deepgram\",\"credential\":{\"apiKey\":\" " + secret.substring(1) + "}}",
                "{\"userId\":" + secret + ",\"provider\":7,\"purpose\":[]}",
                "{\"userId\":[" + secret + "]}",
                "{\"exclude\":[" + secret + "],\"userId\":\"a\",\"provider\":\"b\",\"purpose\":\"c\"}",
                "{\"provider\":\"openai\",\"credential\":{\"apiKey\":" + secret,
                "{\"provider\":\"openai\",\"credential\":{\"apiKey\":" + secret + "}} " + secret,
                "{\"provider\":\"openai\",\"credential\":{\"apiKey\":" + secret.replace("sk-", "\\u12") + "}}",
                "{\"provider\":\"openai\",\"credential\":{apiKey:" + secret + "}}",
                secret.replace("\"", ""),
                secret,
                "[" + secret + "]",
                "{\"credential\":{\"apiKey\":\"" + marked(Credentials.openai()).repeat(2_000)
                        + "\"},\"provider\":\"openai\"}");
        for (String body : bodies) {
            wrong(api.send("POST", path, body.getBytes(UTF_8), JSON));
        }
        byte[] broken = good.getBytes(UTF_8);
        broken[broken.length - 3] = (byte) 0xc3;
        wrong(api.send("POST", path, broken, JSON));
        for (String type : new String[] {
            "text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data", "nonsense"
        }) {
            wrong(api.send("POST", path, good.getBytes(UTF_8), type));
        }
        wrong(api.send("POST", path, good.getBytes(UTF_8), null));
        wrong(api.send("PUT", path, good.getBytes(UTF_8), JSON));
        wrong(api.send("POST", "/v1/nothing", good.getBytes(UTF_8), JSON));
        wrong(api.anonymous().send("POST", path, good.getBytes(UTF_8), JSON));
        wrong(api.token("byok_live_" + "x".repeat(49)).send("POST", path, good.getBytes(UTF_8), JSON));
        for (String id : List.of("key_00000000000000000000000000", "none")) {
            wrong(api.send("POST", "/v1/keys/" + id + "/rotate", good.getBytes(UTF_8), JSON));
            wrong(api.send("PATCH", "/v1/keys/" + id, good.getBytes(UTF_8), JSON));
            wrong(api.send("POST", "/v1/keys/" + id + "/disable", good.getBytes(UTF_8), JSON));
        }
        for (String other : List.of("/v1/usage", "/v1/api-tokens", "/v1/tenants", "/v1/replays")) {
            wrong(api.send("POST", other, good.getBytes(UTF_8), JSON));
        }
    }

    private void everyRead() {
        for (String path : List.of(
                keys,
                "/v1/keys",
                "/v1/audit/events?limit=100",
                "/v1/analytics/usage?groupBy=day,provider,model,user,key",
                "/v1/api-tokens",
                "/v1/tenants",
                "/v1/providers",
                "/v1/replays",
                "/openapi.json")) {
            control.get(path).expect(200);
        }
        answers.add(server.management().get("/actuator/prometheus").expect(200));
        answers.add(server.management().get("/actuator/metrics"));
    }

    @Test
    void P1_no_answer_but_that_of_resolve_repeats_a_secret() {
        assertThat(answers).hasSizeGreaterThan(100);
        List<String> found = new ArrayList<>();
        for (Answer answer : answers) {
            found.addAll(canary.in(answer.request(), answer.body()));
            found.addAll(canary.in(
                    answer.request() + " headers", answer.headers().toString().getBytes(UTF_8)));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void P1_neither_the_console_nor_the_log_at_its_most_verbose_holds_a_secret() throws IOException {
        assertThat(server.log()).contains(" DEBUG ");
        assertThat(canary.in("console", String.join("\n", server.console()).getBytes(UTF_8)))
                .isEmpty();
        assertThat(canary.below(server.data().resolve("logs"))).isEmpty();
    }

    @Test
    void P1_no_table_of_the_database_holds_a_secret() {
        assertThat(dump.text())
                .contains("vault.credential ")
                .contains("log.event")
                .contains("view.key_view");
        assertThat(dump.asBytes()).hasSizeGreaterThan(1_000);
        assertThat(canary.in("database", dump.asText())).isEmpty();
        assertThat(canary.in("database, bytes", dump.asBytes())).isEmpty();
    }

    @Test
    void P1_no_file_of_the_database_of_kafka_or_of_the_server_holds_a_secret() throws IOException {
        assertThat(server.data().resolve("postgres")).isDirectory();
        assertThat(server.data().resolve("kafka")).isDirectory();
        assertThat(canary.below(server.data())).isEmpty();
    }

    @Test
    void the_search_finds_what_is_there(@TempDir Path directory) throws IOException {
        assertThat(canary.size()).isGreaterThan(100);
        assertThat(canary.in("resolve", resolved.body())).isNotEmpty();
        String secret = resolved.string("/credential/apiKey");
        Path planted = directory.resolve("planted");
        for (String before : List.of("", "x", "xy")) {
            byte[] clear = (before + secret).getBytes(UTF_8);
            for (byte[] form : List.of(
                    clear,
                    Base64.getEncoder().encode(clear),
                    Base64.getUrlEncoder().encode(clear),
                    java.util.HexFormat.of().formatHex(clear).getBytes(UTF_8),
                    between(clear))) {
                Files.write(planted, form);
                assertThat(canary.below(directory)).isNotEmpty();
            }
        }
    }

    private static byte[] between(byte[] secret) {
        ByteArrayOutputStream binary = new ByteArrayOutputStream();
        binary.writeBytes(new byte[] {0, -1, 7});
        binary.writeBytes(Arrays.copyOf(secret, secret.length / 2 + 14)); // half of it is too much
        binary.writeBytes(new byte[] {0, -1, 7});
        return binary.toByteArray();
    }

    private String add(String secret, String provider) {
        return control.post(keys, Credentials.add(provider, secret)).expect(201).string("/id");
    }

    private String marked(String secret) {
        canary.watch(secret);
        return secret;
    }

    private void wrong(@Nullable Answer refused) {
        assertThat(refused).isNotNull();
        assertThat(refused.status()).as(refused.request() + refused.text()).isBetween(400, 499);
    }

    private long lastPosition() {
        return control.post(keys, Credentials.add("openai", marked(Credentials.openai()), "\"environment\":\"last\","))
                .expect(201)
                .position();
    }
}
