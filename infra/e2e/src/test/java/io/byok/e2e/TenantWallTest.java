package io.byok.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two tenants on one server: what one has does not exist for the other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantWallTest {

    private final Api ours = SharedServer.control();
    private final String user = Credentials.user();
    private final String secret = Credentials.openai();
    private String keyId = "";
    private String tokenId = "";
    private String replayId = "";
    private Api theirs = ours.anonymous();

    @BeforeAll
    void two_tenants() {
        keyId = ours.post(Credentials.keysOf(user), Credentials.add("openai", secret))
                .expect(201)
                .string("/id");
        tokenId = ours.post("/v1/api-tokens", "{\"name\":\"a\",\"scopes\":[\"keys:read\"]}")
                .expect(201)
                .string("/id");
        replayId = Replays.run(ours, "keys", "verify").string("/id");
        theirs = tenant();
        ours.since(SharedServer.DATABASE.lastPosition())
                .get("/v1/keys/" + keyId)
                .expect(200);
    }

    private Api tenant() {
        Answer made = ours.post("/v1/tenants", "{\"name\":\"t-" + UUID.randomUUID() + "\"}")
                .expect(201);
        return SharedServer.SERVER.anonymous().token(made.string("/token"));
    }

    Stream<Arguments> operations() {
        return Stream.of(
                Arguments.of("GET", "/v1/keys/{key}", "", 404, "key-not-found"),
                Arguments.of("PATCH", "/v1/keys/{key}", "{\"alias\":\"x\"}", 404, "key-not-found"),
                Arguments.of(
                        "POST",
                        "/v1/keys/{key}/rotate",
                        Credentials.rotate(Credentials.openai(), "PT0S"),
                        404,
                        "key-not-found"),
                Arguments.of("POST", "/v1/keys/{key}/disable", "{}", 404, "key-not-found"),
                Arguments.of("POST", "/v1/keys/{key}/enable", "{}", 404, "key-not-found"),
                Arguments.of("POST", "/v1/keys/{key}/revoke", "{}", 404, "key-not-found"),
                Arguments.of("DELETE", "/v1/keys/{key}", "", 404, "key-not-found"),
                Arguments.of("DELETE", "/v1/api-tokens/{token}", "", 404, "api-token-not-found"),
                Arguments.of("GET", "/v1/replays/{replay}", "", 404, "replay-not-found"),
                Arguments.of("POST", "/v1/tenants", "{\"name\":\"mine\"}", 403, "scope-missing"),
                Arguments.of("GET", "/v1/tenants", "", 403, "scope-missing"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("operations")
    void P8_the_other_tenants_ids_do_not_exist(String method, String path, String body, int status, String code) {
        long position = SharedServer.DATABASE.lastDeed();
        String there = path.replace("{key}", keyId).replace("{token}", tokenId).replace("{replay}", replayId);
        Answer refused = theirs.send(method, there, body.isEmpty() ? null : body.getBytes(UTF_8), "application/json");
        refused.expect(status, code);
        String nowhere = there.replace(keyId, "key_00000000000000000000000000");
        if (!nowhere.equals(there)) {
            Answer unknown =
                    theirs.send(method, nowhere, body.isEmpty() ? null : body.getBytes(UTF_8), "application/json");
            // Not a word may tell a stranger's key from no key.
            assertThat(unknown.string("/detail")).isEqualTo(refused.string("/detail"));
            assertThat(unknown.status()).isEqualTo(refused.status());
        }
        assertThat(SharedServer.DATABASE.lastDeed()).isEqualTo(position);
    }

    @Test
    void P8_lists_sums_and_the_trail_show_nothing_of_the_other_tenant() {
        Api reader = tenant().since(SharedServer.DATABASE.lastPosition());
        for (String path : List.of(
                "/v1/keys?limit=100",
                Credentials.keysOf(user),
                "/v1/audit/events?userId=" + Api.encoded(user),
                "/v1/audit/events?keyId=" + keyId)) {
            assertThat(reader.get(path).expect(200).at("/data").size()).as(path).isZero();
        }
        assertThat(reader.get("/v1/analytics/usage?groupBy=user")
                        .expect(200)
                        .at("/rows")
                        .size())
                .isZero();
        assertThat(reader.get("/v1/api-tokens").expect(200).each("/data", "id"))
                .hasSize(1)
                .doesNotContain(tokenId);
        assertThat(reader.get("/v1/audit/events?limit=100").text())
                .doesNotContain(keyId)
                .doesNotContain(user);
    }

    @Test
    void P8_a_users_name_opens_nothing_in_another_tenant() {
        String name = Credentials.user();
        String body = Credentials.resolve(name, "openai");
        ours.post(Credentials.keysOf(name), Credentials.add("openai", secret)).expect(201);
        theirs.post("/v1/resolve", body).expect(404, "no-usable-key");
        String mine = Credentials.openai();
        theirs.post(Credentials.keysOf(name), Credentials.add("openai", mine)).expect(201);
        assertThat(theirs.post("/v1/resolve", body).expect(200).string("/credential/apiKey"))
                .isEqualTo(mine);
        assertThat(ours.post("/v1/resolve", body).expect(200).string("/credential/apiKey"))
                .isEqualTo(secret);
    }

    @Test
    void P8_usage_cannot_name_another_tenants_key() {
        long position = SharedServer.DATABASE.lastDeed();
        String record = Credentials.usage(
                UUID.randomUUID().toString(), "u", "openai", keyId, "\"occurredAt\":\"2026-03-02T00:00:00Z\"");
        theirs.post("/v1/usage", "{\"records\":[" + record + "]}").expect(422, "field-invalid");
        assertThat(SharedServer.DATABASE.lastDeed()).isEqualTo(position);
    }

    @Test
    void P8_a_cursor_of_one_tenant_does_not_work_for_another() {
        ours.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai()))
                .expect(201);
        Answer page = ours.since(SharedServer.DATABASE.lastPosition())
                .get("/v1/keys?limit=1")
                .expect(200);
        theirs.get("/v1/keys?limit=1&cursor=" + Api.encoded(page.string("/nextCursor")))
                .expect(400, "cursor-invalid");
    }
}
