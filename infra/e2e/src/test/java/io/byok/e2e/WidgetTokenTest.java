package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.platform.access.WidgetTokens;
import io.byok.platform.web.Scopes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a browser can do with the token that its application's server made for it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WidgetTokenTest {

    private final Api ours = SharedServer.control();
    private final String mine = Credentials.user();
    private final String other = Credentials.user();
    private String otherKey = "";

    @BeforeAll
    void another_user_has_a_key() {
        otherKey = ours.post(Credentials.keysOf(other), Credentials.add("openai", Credentials.openai()))
                .expect(201)
                .string("/id");
    }

    private static String body(String user, String more) {
        return "{\"userId\":\"" + user + "\",\"scopes\":[\"keys:read\",\"keys:write\",\"providers:read\"]" + more + "}";
    }

    private Api widget(Api maker, String user, String more) {
        String token =
                maker.post("/v1/widget-tokens", body(user, more)).expect(201).string("/token");
        return SharedServer.SERVER.anonymous().token(token);
    }

    @Test
    void a_widget_adds_changes_and_sees_the_keys_of_its_user_who_may_be_new() {
        Api widget = widget(ours, mine, "");
        widget.get("/v1/providers").expect(200);
        String key = widget.post(Credentials.keysOf(mine), Credentials.add("openai", Credentials.openai()))
                .expect(201)
                .string("/id");
        widget.post("/v1/keys/" + key + "/disable", "{}").expect(200);
        Api after = widget.since(SharedServer.DATABASE.lastPosition());
        assertThat(after.get("/v1/keys?limit=100").expect(200).each("/data", "id"))
                .containsExactly(key);
        after.get("/v1/keys/" + key).expect(200);
        after.delete("/v1/keys/" + key).expect(204);
    }

    @Test
    void of_other_users_a_widget_sees_and_changes_nothing() {
        Api widget = widget(ours, mine, "").since(SharedServer.DATABASE.lastPosition());
        widget.get("/v1/keys/" + otherKey).expect(404, "key-not-found");
        widget.delete("/v1/keys/" + otherKey).expect(404, "key-not-found");
        widget.post("/v1/keys/" + otherKey + "/revoke", "{}").expect(404, "key-not-found");
        widget.post(Credentials.keysOf(other), Credentials.add("openai", Credentials.openai()))
                .expect(403, "token-confined");
        assertThat(widget.get(Credentials.keysOf(other)).expect(200).at("/data").size())
                .isZero();
    }

    @Test
    void a_widget_never_gets_a_secret_out_and_never_makes_a_token() {
        Api widget = widget(ours, mine, "");
        widget.post("/v1/resolve", Credentials.resolve(mine, "openai")).expect(403, "scope-missing");
        widget.post("/v1/users/" + Api.encoded(mine) + "/erase", Credentials.ERASE)
                .expect(403, "scope-missing");
        widget.post("/v1/widget-tokens", body(mine, "")).expect(403, "scope-missing");
        for (String scope : Scopes.ALL) {
            if (!WidgetTokens.SCOPES.contains(scope)) {
                ours.post("/v1/widget-tokens", "{\"userId\":\"u\",\"scopes\":[\"" + scope + "\"]}")
                        .expect(422, "field-invalid");
            }
        }
        assertThat(WidgetTokens.SCOPES)
                .doesNotContain(Scopes.KEYS_RESOLVE, Scopes.USERS_ERASE, Scopes.TOKENS_WRITE, Scopes.TENANTS_WRITE);
    }

    @Test
    void a_widgets_token_ends_with_its_time() {
        Api widget = widget(ours, mine, ",\"ttl\":\"PT2S\"");
        widget.get("/v1/keys").expect(200);
        Eventually.get(Duration.ofSeconds(4), () -> widget.get("/v1/keys").status(), status -> status == 401);
        for (String ttl : List.of("PT0S", "-PT1S", "PT61M", "P1D", "soon")) {
            ours.post("/v1/widget-tokens", body(mine, ",\"ttl\":\"" + ttl + "\""))
                    .expect(422, "field-invalid");
        }
    }

    @Test
    void a_widgets_token_ends_within_a_second_of_the_token_that_made_it() {
        Answer made = ours.post(
                        "/v1/api-tokens",
                        "{\"name\":\"backend\",\"scopes\":[\"tokens:write\",\"keys:read\",\"keys:write\",\"providers:read\"]}")
                .expect(201);
        Api maker = SharedServer.SERVER.anonymous().token(made.string("/token"));
        Api widget = widget(maker, mine, "");
        widget.get("/v1/keys").expect(200);
        // A rotation is no revocation.
        ours.post("/v1/api-tokens/" + made.string("/id") + "/rotate", "{}").expect(200);
        widget.get("/v1/keys").expect(200);
        ours.delete("/v1/api-tokens/" + made.string("/id")).expect(204);
        Instant answered = Instant.now();
        Eventually.get(Duration.ofSeconds(3), () -> widget.get("/v1/keys").status(), status -> status == 401);
        assertThat(Duration.between(answered, Instant.now())).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void nobody_makes_a_widget_that_may_more_than_they() {
        String clerk = ours.post("/v1/api-tokens", "{\"name\":\"clerk\",\"scopes\":[\"tokens:write\"]}")
                .expect(201)
                .string("/token");
        SharedServer.SERVER
                .anonymous()
                .token(clerk)
                .post("/v1/widget-tokens", body(mine, ""))
                .expect(422, "scope-not-yours");
    }

    @Test
    void the_trail_tells_who_made_which_widgets_token_and_what_was_done_with_it() {
        Answer issued = ours.post("/v1/widget-tokens", body(mine, "")).expect(201);
        Api widget = SharedServer.SERVER.anonymous().token(issued.string("/token"));
        widget.post(Credentials.keysOf(mine), Credentials.add("openai", Credentials.openai()))
                .expect(201);
        Api auditor = ours.since(SharedServer.DATABASE.lastPosition());
        String trail = auditor.get("/v1/audit/events?action=widget-token-issued&limit=100")
                .expect(200)
                .text();
        assertThat(trail).contains(issued.string("/id")).doesNotContain(issued.string("/token"));
        assertThat(auditor.get("/v1/audit/events?actor=" + issued.string("/id"))
                        .expect(200)
                        .each("/data", "action"))
                .containsExactly("key-added");
    }

    @Test
    void an_erased_users_widget_reaches_nobody_who_takes_the_name() {
        String user = Credentials.user();
        Api widget = widget(ours, user, "");
        widget.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai()))
                .expect(201);
        ours.post("/v1/users/" + Api.encoded(user) + "/erase", Credentials.ERASE)
                .expect(202);
        Eventually.get(
                Duration.ofSeconds(20),
                () -> ours.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai()))
                        .status(),
                status -> status == 201);
        widget.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai()))
                .expect(403, "token-confined");
        assertThat(widget.since(SharedServer.DATABASE.lastPosition())
                        .get("/v1/keys")
                        .expect(200)
                        .at("/data")
                        .size())
                .isZero();
    }
}
