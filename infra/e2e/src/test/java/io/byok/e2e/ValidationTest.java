package io.byok.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whether keys work, asked over HTTP of providers that are played by a server of the test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ValidationTest {

    /** What a provider answers to a key, by the key; everything else is refused as OpenAI refuses. */
    private record Said(int status, String body) {}

    private final Map<String, Said> script = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private HttpServer provider;
    private World world;
    private Server server;
    private Api api;

    @BeforeAll
    void a_provider_and_a_server() throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        provider.createContext("/", this::answer);
        provider.start();
        world = World.fresh();
        server = Server.in(
                world,
                Map.of(
                        "BYOK_ENABLE_VALIDATION", "true",
                        "BYOK_VALIDATION_TIMEOUT", "2000",
                        "BYOK_VALIDATION_LOOKEVERY", "500ms",
                        "BYOK_KEY_ROTATION_DAYS", "5",
                        "BYOK_OUTBOUND_DEVELOPMENTTARGET",
                                "http://127.0.0.1:" + provider.getAddress().getPort()));
        api = server.control();
    }

    @AfterAll
    void stop() {
        server.close();
        world.close();
        provider.stop(0);
    }

    @Test
    void a_date_of_a_key_that_comes_near_is_told_once() {
        String user = Credentials.user();
        String soon = Instant.now().plus(Duration.ofDays(3)).toString();
        String far = Instant.now().plus(Duration.ofDays(300)).toString();
        String near = adds(user, "\"expiresAt\":\"" + soon + "\",");
        String other = adds(user, "\"expiresAt\":\"" + far + "\",");
        assertThat(told(near, 2)).containsExactlyInAnyOrder("expires", "rotate-by");
        assertThat(told(other, 1)).containsExactly("rotate-by");
        api.post("/v1/keys/" + other + "/rotate", Credentials.rotate(Credentials.openai(), "PT0S"))
                .expect(200);
        assertThat(told(other, 2))
                .as("the new version has a date of its own")
                .containsExactly("rotate-by", "rotate-by");
        assertThat(told(near, 2)).as("nobody is told twice").hasSize(2);
    }

    private String adds(String user, String more) {
        return api.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai(), more))
                .expect(201)
                .string("/id");
    }

    private List<String> told(String key, int times) {
        Answer trail = Eventually.get(
                Duration.ofSeconds(20),
                () -> api.get("/v1/audit/events?action=key-due&keyId=" + key).expect(200),
                answer -> answer.at("/data").size() >= times);
        List<String> dates = new ArrayList<>();
        trail.at("/data").forEach(fact -> dates.add(fact.at("/details/what").asString()));
        return dates;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String key = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                    .replace("Bearer ", "");
            asked.add(exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI() + " " + key);
            Said said = script.getOrDefault(
                    key,
                    new Said(
                            401,
                            "{\"error\":{\"code\":\"invalid_api_key\",\"message\":\"Incorrect API key: " + key
                                    + "\"}}"));
            if (said.status() == 0) {
                Thread.sleep(4_000);
            }
            if (said.status() == 302) {
                exchange.getResponseHeaders().add("Location", "http://169.254.169.254/latest/meta-data");
            }
            byte[] body = said.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(Math.max(200, said.status()), body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private String playing(int status, String body) {
        String key = Credentials.openai();
        script.put(key, new Said(status, body));
        return key;
    }

    private static String add(String apiKey, String validate) {
        return "{\"provider\":\"openai\",\"validate\":\"" + validate + "\",\"credential\":{\"apiKey\":\"" + apiKey
                + "\"}}";
    }

    @Test
    void a_good_key_is_stored_and_known_to_be_good() {
        String secret = playing(200, "{\"object\":\"list\",\"data\":[{\"id\":\"gpt\"}]}");
        Answer added = api.post("/v1/users/good/keys", add(secret, "now")).expect(201);
        Api reader = api.since(world.database().lastPosition());
        Answer read = reader.get("/v1/keys/" + added.string("/id")).expect(200);
        assertThat(read.string("/health/state")).isEqualTo("valid");
        assertThat(read.at("/health/score").asInt()).isEqualTo(100);
        assertThat(asked).contains("api.openai.com/v1/models " + secret);
        Answer history =
                reader.get("/v1/keys/" + added.string("/id") + "/validations").expect(200);
        assertThat(history.each("/data", "occasion")).containsExactly("saved");
        assertThat(history.string("/data/0/called")).isEqualTo("GET https://api.openai.com/v1/models");
        assertThat(reader.get("/v1/keys?health=valid").expect(200).each("/data", "id"))
                .contains(added.string("/id"));
    }

    @Test
    void a_refused_key_is_not_stored_and_the_providers_own_words_stay_outside() {
        String secret = Credentials.openai();
        Answer refused = api.post("/v1/users/bad/keys", add(secret, "now")).expect(422, "credential-rejected");
        assertThat(refused.text()).doesNotContain(secret).contains("does not know this key");
        Api reader = api.since(world.database().lastPosition());
        assertThat(reader.get("/v1/users/bad/keys").expect(200).at("/data").size())
                .isZero();
        // The provider saw it, so the use is on record; nothing else is.
        assertThat(world.database().rows("select encode(payload, 'escape') from log.event where true"))
                .noneMatch(row -> row.contains(secret));
        assertThat(reader.get("/v1/audit/events?action=key-used").expect(200).text())
                .contains("validation");
    }

    @Test
    void what_says_nothing_about_the_key_is_no_reason_not_to_store_it() {
        for (Said said : Set.of(
                new Said(503, "{\"error\":{\"message\":\"overloaded\"}}"),
                new Said(200, "<html>garbage</html>"),
                new Said(302, ""),
                new Said(0, "too late"),
                new Said(200, "x".repeat(3_000_000)))) {
            String secret = playing(said.status(), said.body());
            Answer added =
                    api.post("/v1/users/unclear/keys", add(secret, "now")).expect(201);
            Answer read = api.since(world.database().lastPosition())
                    .get("/v1/keys/" + added.string("/id"))
                    .expect(200);
            assertThat(read.string("/health/state")).as("%s", said.status()).isEqualTo("unreachable");
        }
        assertThat(asked).noneMatch(url -> url.contains("meta-data"));
    }

    @Test
    void each_answer_has_its_meaning_and_the_key_stays() {
        Map<String, Said> meanings = Map.of(
                "valid-limited", new Said(403, "{\"error\":{\"message\":\"Missing scope: insufficient permissions\"}}"),
                "no-quota", new Said(429, "{\"error\":{\"code\":\"insufficient_quota\"}}"),
                "rate-limited", new Said(429, "{\"error\":{\"code\":\"rate_limit_exceeded\"}}"),
                "ip-blocked", new Said(401, "{\"error\":{\"code\":\"ip_not_authorized\"}}"),
                "region-blocked", new Said(403, "{\"error\":{\"code\":\"unsupported_country_region_territory\"}}"));
        meanings.forEach((state, said) -> {
            String secret = playing(said.status(), said.body());
            String id = api.post("/v1/users/ada/keys", add(secret, "never"))
                    .expect(201)
                    .string("/id");
            Answer result = api.post("/v1/keys/" + id + "/validate").expect(200);
            assertThat(result.string("/state")).isEqualTo(state);
            assertThat(result.string("/cost")).isEqualTo("none");
            assertThat(result.text()).doesNotContain(secret);
        });
    }

    @Test
    void a_key_that_went_bad_is_found_on_demand_and_is_not_disabled_by_it() {
        String secret = playing(200, "{\"data\":[]}");
        String id = api.post("/v1/users/went-bad/keys", add(secret, "now"))
                .expect(201)
                .string("/id");
        script.remove(secret);
        Answer all = api.post("/v1/users/went-bad/keys/validate").expect(200);
        assertThat(all.each("/data", "state")).containsExactly("invalid");
        Answer read =
                api.since(world.database().lastPosition()).get("/v1/keys/" + id).expect(200);
        assertThat(read.string("/status")).isEqualTo("active");
        assertThat(read.string("/health/state")).isEqualTo("invalid");
        assertThat(read.at("/health/score").asInt()).isZero();

        // It serves as a last resort only: a good key of the same user goes first, however late it came.
        String good = playing(200, "{\"data\":[]}");
        api.post("/v1/users/went-bad/keys", add(good, "now").replaceFirst("\\{", "{\"fallback\":true,\"priority\":10,"))
                .expect(201);
        Answer resolved = server.dataPlane()
                .post("/v1/resolve", Credentials.resolve("went-bad", "openai"))
                .expect(200);
        assertThat(resolved.string("/credential/apiKey")).isEqualTo(good);
        assertThat(resolved.text()).contains("refused-by-provider");
    }

    @Test
    void a_key_of_the_platforms_own_is_asked_about_as_any_other() {
        String refused = Credentials.openai();
        Answer no = api.post("/v1/system-keys", add(refused, "now")).expect(422, "credential-rejected");
        assertThat(no.text()).doesNotContain(refused);
        assertThat(asked).as("the provider was asked").anyMatch(call -> call.endsWith(refused));

        String good = playing(200, "{\"data\":[]}");
        String id = api.post("/v1/system-keys", add(good, "now")).expect(201).string("/id");
        Api reader = api.since(world.database().lastPosition());
        Answer listed = reader.get("/v1/system-keys").expect(200);
        assertThat(listed.each("/data", "id")).as("what was refused is not stored").containsExactly(id);
        assertThat(listed.string("/data/0/health/state")).isEqualTo("valid");
        assertThat(reader.get("/v1/keys/" + id + "/validations").expect(200).each("/data", "occasion"))
                .containsExactly("saved");
        api.post("/v1/keys/" + id + "/rotate", rotate(Credentials.openai(), "now"))
                .expect(422, "credential-rejected");
        String better = playing(200, "{\"data\":[]}");
        api.post("/v1/keys/" + id + "/rotate", rotate(better, "now")).expect(200);
        script.remove(better);
        assertThat(api.post("/v1/keys/" + id + "/validate").expect(200).string("/state"))
                .isEqualTo("invalid");

        String background = playing(200, "{\"data\":[]}");
        api.post("/v1/system-keys", add(background, "later")).expect(201);
        Eventually.get(Duration.ofSeconds(20), () -> times(background), count -> count == 1);
    }

    @Test
    void the_keys_of_a_suspended_tenant_are_shown_to_nobody_until_it_is_resumed() {
        Answer made = api.post("/v1/tenants", "{\"name\":\"suspended-while-asked\"}").expect(201);
        Api theirs = server.anonymous().token(made.string("/token"));
        String secret = playing(200, "{\"data\":[]}");
        String id = theirs.post("/v1/users/eve/keys", add(secret, "now")).expect(201).string("/id");
        api.post("/v1/tenants/" + made.string("/id") + "/suspend", "{\"reason\":\"unpaid\"}")
                .expect(200);
        String late = playing(200, "{\"data\":[]}");

        double before = skipped("suspended");
        due(id);
        Eventually.get(Duration.ofSeconds(20), () -> skipped("suspended"), count -> count > before);
        theirs.post("/v1/keys/" + id + "/validate").expect(403, "tenant-suspended");
        theirs.post("/v1/users/eve/keys/validate").expect(403, "tenant-suspended");
        theirs.post("/v1/users/eve/keys", add(late, "now")).expect(403, "tenant-suspended");
        assertThat(times(secret)).as("when it was stored, and not since").isEqualTo(1);
        assertThat(times(late)).isZero();

        api.post("/v1/tenants/" + made.string("/id") + "/resume").expect(200);
        due(id);
        Eventually.get(Duration.ofSeconds(20), () -> times(secret), count -> count == 2);
    }

    @Test
    void the_keys_of_an_erased_user_are_shown_to_nobody() {
        String secret = playing(200, "{\"data\":[]}");
        String id = api.post("/v1/users/leaver/keys", add(secret, "never"))
                .expect(201)
                .string("/id");
        api.post("/v1/users/leaver/erase", Credentials.ERASE).expect(202);
        // A row of the schedule that nobody took away.
        world.database()
                .change("insert into head.key_health (key, tenant, version, state, next_check_at)"
                        + " select '%s', tenant, 1, 0, now() from head.tenant_head limit 1".formatted(Looks.uuid(id)));
        api.post("/v1/keys/" + id + "/validate").expect(404, "key-not-found");
        api.post("/v1/users/leaver/keys/validate");
        Eventually.get(
                Duration.ofSeconds(20),
                () -> world.database()
                        .number("select count(*) from head.key_health where next_check_at is not null and key = '"
                                + Looks.uuid(id) + "'"),
                waiting -> waiting == 0);
        assertThat(times(secret)).isZero();
    }

    @Test
    void what_a_watcher_sees_is_told_by_provider_and_outcome_and_of_nobody() {
        String secret = playing(200, "{\"data\":[]}");
        String id = api.post("/v1/users/watched/keys", add(secret, "now"))
                .expect(201)
                .string("/id");
        api.post("/v1/users/watched/keys", add(Credentials.openai(), "now")).expect(422);
        List<String> seen = watched();
        assertThat(seen)
                .anyMatch(line -> line.startsWith("byok_validation_calls_seconds_count{")
                        && line.contains("outcome=\"valid\"")
                        && line.contains("provider=\"openai\""))
                .anyMatch(line -> line.startsWith("byok_validation_calls_seconds_count{")
                        && line.contains("outcome=\"invalid\""))
                .anyMatch(line -> line.startsWith("byok_validation_calls_seconds_max{"))
                .anyMatch(line -> line.startsWith("byok_validation_waits_seconds_count{"))
                .anyMatch(line -> line.startsWith("byok_validation_in_flight{"))
                .anyMatch(line -> line.startsWith("byok_validation_skipped_total{"))
                .anyMatch(line -> line.startsWith("byok_validation_lag_seconds"))
                .anyMatch(line -> line.startsWith("byok_validation_looked_seconds"))
                .allMatch(line -> LABELS.matcher(line).matches(), "only labels of which there are few")
                .noneMatch(line -> line.contains(id) || line.contains("watched") || line.contains(secret));
    }

    /** Of which there are as many as the catalogue has providers, times eight. */
    private static final Pattern LABELS =
            Pattern.compile("[a-z_]+(\\{((provider|outcome|reason)=\"[a-z0-9-]+\",?)+})? [-+.0-9EINaf]+");

    private List<String> watched() {
        return server.management()
                .get("/actuator/prometheus")
                .expect(200)
                .text()
                .lines()
                .filter(line -> line.startsWith("byok_validation_"))
                .toList();
    }

    private double skipped(String reason) {
        return watched().stream()
                .filter(line -> line.startsWith("byok_validation_skipped_total") && line.contains(reason))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** How often a provider was shown a credential. */
    private long times(String secret) {
        return asked.stream().filter(call -> call.endsWith(secret)).count();
    }

    private void due(String key) {
        world.database()
                .change("update head.key_health set next_check_at = now() where key = '" + Looks.uuid(key) + "'");
    }

    private static String rotate(String apiKey, String validate) {
        return "{\"validate\":\"" + validate + "\",\"credential\":{\"apiKey\":\"" + apiKey + "\"}}";
    }

    @Test
    void later_means_soon_and_in_the_background() {
        String secret = playing(200, "{\"data\":[]}");
        String id = api.post("/v1/users/later/keys", add(secret, "later"))
                .expect(201)
                .string("/id");
        api.since(world.database().lastPosition()).get("/v1/keys/" + id).expect(200);
        Eventually.get(
                Duration.ofSeconds(20), () -> api.get("/v1/keys/" + id).string("/health/state"), "valid"::equals);
    }

    @Test
    void a_revoked_key_is_not_shown_to_its_provider_any_more() {
        String secret = playing(200, "{\"data\":[]}");
        String id = api.post("/v1/users/revoked/keys", add(secret, "never"))
                .expect(201)
                .string("/id");
        api.post("/v1/keys/" + id + "/revoke", "{}").expect(200);
        api.post("/v1/keys/" + id + "/validate").expect(409, "key-not-testable");
        assertThat(times(secret)).isZero();
    }

    @Test
    void rotating_to_a_refused_credential_changes_nothing() {
        String secret = playing(200, "{\"data\":[]}");
        String id = api.post("/v1/users/rotating/keys", add(secret, "now"))
                .expect(201)
                .string("/id");
        api.post(
                        "/v1/keys/" + id + "/rotate",
                        rotate(Credentials.openai(), "now"))
                .expect(422, "credential-rejected");
        assertThat(server.dataPlane()
                        .post("/v1/resolve", Credentials.resolve("rotating", "openai"))
                        .expect(200)
                        .string("/credential/apiKey"))
                .isEqualTo(secret);
    }
}
