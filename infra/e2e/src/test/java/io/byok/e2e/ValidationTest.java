package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.e2e.ScriptedProvider.Said;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whether keys work, asked over HTTP of providers that are played by a server of the test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ValidationTest {

    private static final World WORLD = PlayedProviders.WORLD;

    private final ScriptedProvider provider = PlayedProviders.SCRIPT;
    private final Server server = PlayedProviders.SERVER;
    private final Api api = server.control();
    /** What a provider answers to a key, by the key. */
    private final Map<String, Said> script = new ConcurrentHashMap<>();

    @BeforeAll
    void everything_else_is_refused_as_openai_refuses() {
        provider.say(asked -> script.getOrDefault(
                asked.bearer(),
                new Said(
                        401,
                        "{\"error\":{\"code\":\"invalid_api_key\",\"message\":\"Incorrect API key: " + asked.bearer()
                                + "\"}}")));
    }

    @AfterAll
    static void rest() {
        PlayedProviders.nothingIsDue();
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
        Api reader = api.since(WORLD.database().lastPosition());
        Answer read = reader.get("/v1/keys/" + added.string("/id")).expect(200);
        assertThat(read.string("/health/state")).isEqualTo("valid");
        assertThat(read.at("/health/score").asInt()).isEqualTo(100);
        assertThat(provider.asked())
                .anyMatch(asked -> asked.bearer().equals(secret)
                        && asked.host().equals("api.openai.com")
                        && asked.uri().getPath().equals("/v1/models"));
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
        Api reader = api.since(WORLD.database().lastPosition());
        assertThat(reader.get("/v1/users/bad/keys").expect(200).at("/data").size())
                .isZero();
        // The provider saw it, so the use is on record; nothing else is.
        assertThat(WORLD.database().rows("select encode(payload, 'escape') from log.event where true"))
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
            Answer read = api.since(WORLD.database().lastPosition())
                    .get("/v1/keys/" + added.string("/id"))
                    .expect(200);
            assertThat(read.string("/health/state")).as("%s", said.status()).isEqualTo("unreachable");
        }
        assertThat(provider.asked()).noneMatch(asked -> asked.uri().getPath().contains("meta-data"));
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
                api.since(WORLD.database().lastPosition()).get("/v1/keys/" + id).expect(200);
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
        assertThat(times(refused)).as("the provider was asked").isEqualTo(1);

        String good = playing(200, "{\"data\":[]}");
        String id = api.post("/v1/system-keys", add(good, "now")).expect(201).string("/id");
        Api reader = api.since(WORLD.database().lastPosition());
        Answer listed = reader.get("/v1/system-keys").expect(200);
        assertThat(listed.each("/data", "id"))
                .as("what was refused is not stored")
                .containsExactly(id);
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
        Answer made =
                api.post("/v1/tenants", "{\"name\":\"suspended-while-asked\"}").expect(201);
        Api theirs = server.anonymous().token(made.string("/token"));
        String secret = playing(200, "{\"data\":[]}");
        String id = theirs.post("/v1/users/eve/keys", add(secret, "now"))
                .expect(201)
                .string("/id");
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
        WORLD.database()
                .change("insert into head.key_health (key, tenant, version, state, next_check_at)"
                        + " select '%s', tenant, 1, 0, now() from head.tenant_head limit 1".formatted(Looks.uuid(id)));
        api.post("/v1/keys/" + id + "/validate").expect(404, "key-not-found");
        api.post("/v1/users/leaver/keys/validate");
        Eventually.get(
                Duration.ofSeconds(20),
                () -> WORLD.database()
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
                .anyMatch(line ->
                        line.startsWith("byok_validation_calls_seconds_count{") && line.contains("outcome=\"invalid\""))
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
        return provider.asked().stream()
                .filter(asked -> asked.bearer().equals(secret))
                .count();
    }

    private void due(String key) {
        WORLD.database()
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
        api.since(WORLD.database().lastPosition()).get("/v1/keys/" + id).expect(200);
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
        api.post("/v1/keys/" + id + "/rotate", rotate(Credentials.openai(), "now"))
                .expect(422, "credential-rejected");
        assertThat(server.dataPlane()
                        .post("/v1/resolve", Credentials.resolve("rotating", "openai"))
                        .expect(200)
                        .string("/credential/apiKey"))
                .isEqualTo(secret);
    }
}
