package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever tries what they may not is found in the trail. */
class DeniedAttemptsTest {

    private final Api ours = SharedServer.control();

    private Answer make(String more) {
        return ours.post("/v1/api-tokens", "{\"name\":\"n\",\"scopes\":[\"keys:read\"]" + more + "}")
                .expect(201);
    }

    private void found(String tokenId, String why, String operation) {
        Answer trail = Eventually.get(
                Duration.ofSeconds(15),
                () -> ours.get("/v1/audit/events?action=access-denied&outcome=denied&actor=" + tokenId),
                answer -> answer.status() == 200 && answer.at("/data").size() > 0);
        assertThat(trail.each("/data", "reason")).contains(why);
        assertThat(trail.text()).contains("\"operation\":\"" + operation + "\"").contains("127.0.0.1");
    }

    @Test
    void a_revoked_token_a_missing_scope_a_wrong_network_and_a_confined_token_are_in_the_trail() {
        Answer revoked = make("");
        ours.delete("/v1/api-tokens/" + revoked.string("/id")).expect(204);
        Api caller = SharedServer.SERVER.anonymous().token(revoked.string("/token"));
        Eventually.get(
                Duration.ofSeconds(3), () -> caller.get("/v1/users/ada/keys").status(), status -> status == 401);
        found(revoked.string("/id"), "revoked", "GET /v1/users");

        Answer narrow = make("");
        for (Api plane : List.of(
                SharedServer.SERVER.anonymous().token(narrow.string("/token")),
                SharedServer.SERVER.dataPlaneAs(narrow.string("/token")))) {
            plane.post("/v1/resolve", Credentials.resolve("ada", "openai")).expect(403, "scope-missing");
        }
        found(narrow.string("/id"), "scope", "POST /v1/resolve");

        Answer elsewhere = make(",\"restrictedTo\":{\"networks\":[\"203.0.113.0/24\"]}");
        SharedServer.SERVER
                .dataPlaneAs(elsewhere.string("/token"))
                .post("/v1/resolve", Credentials.resolve("ada", "openai"))
                .expect(403, "network-refused");
        found(elsewhere.string("/id"), "network", "POST /v1/resolve");

        Answer confined = ours.post(
                        "/v1/api-tokens",
                        "{\"name\":\"n\",\"scopes\":[\"keys:resolve\"],\"restrictedTo\":{\"providers\":[\"deepgram\"]}}")
                .expect(201);
        SharedServer.SERVER
                .dataPlaneAs(confined.string("/token"))
                .post("/v1/resolve", Credentials.resolve("ada", "openai"))
                .expect(403, "token-confined");
        found(confined.string("/id"), "confined", "POST /v1/resolve");
    }

    @Test
    void a_suspended_tenant_sees_afterwards_who_knocked_meanwhile() {
        Answer tenant = ours.post("/v1/tenants", "{\"name\":\"knocked-at\"}").expect(201);
        String path = "/v1/tenants/" + tenant.string("/id");
        Api theirs = SharedServer.SERVER.anonymous().token(tenant.string("/token"));
        String token = theirs.get("/v1/api-tokens").expect(200).string("/data/0/id");
        ours.post(path + "/suspend", "{}").expect(200);
        Eventually.get(Duration.ofSeconds(3), () -> theirs.get("/v1/keys").status(), status -> status == 403);
        ours.post(path + "/resume", "{}").expect(200);
        Answer trail = Eventually.get(
                Duration.ofSeconds(20),
                () -> theirs.get("/v1/audit/events?action=access-denied&actor=" + token),
                answer -> answer.status() == 200 && !answer.at("/data").isEmpty());
        assertThat(trail.string("/data/0/reason")).isEqualTo("suspended");
    }

    @Test
    void a_flood_of_denied_attempts_hardly_grows_the_log() {
        Answer narrow = make("");
        Api caller = SharedServer.SERVER.dataPlaneAs(narrow.string("/token"));
        caller.post("/v1/resolve", Credentials.resolve("ada", "openai")).expect(403);
        found(narrow.string("/id"), "scope", "POST /v1/resolve");
        for (int i = 0; i < 500; i++) {
            caller.post("/v1/resolve", Credentials.resolve("ada", "openai"));
        }
        assertThat(ours.since(SharedServer.DATABASE.lastPosition())
                        .get("/v1/audit/events?action=access-denied&actor=" + narrow.string("/id"))
                        .expect(200)
                        .at("/data")
                        .size())
                .isLessThanOrEqualTo(2);
    }
}
