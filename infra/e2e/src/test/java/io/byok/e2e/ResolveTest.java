package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Handing a secret out, and saying whose it was. */
class ResolveTest {

    private final Api control = SharedServer.control();
    private final Api dataPlane = SharedServer.dataPlane();
    private final String user = Credentials.user();

    @Test
    void both_ports_hand_out_all_fields_of_a_credential() {
        String sid = Credentials.twilioSid();
        String token = Credentials.twilioToken();
        control.post(Credentials.keysOf(user), Credentials.addTwilio(sid, token))
                .expect(201);
        for (Api port : new Api[] {control, dataPlane}) {
            Answer resolved = port.post("/v1/resolve", Credentials.resolve(user, "twilio"))
                    .expect(200);
            assertThat(resolved.string("/credential/accountSid")).isEqualTo(sid);
            assertThat(resolved.string("/credential/authToken")).isEqualTo(token);
            assertThat(resolved.at("/credential").size()).isEqualTo(2);
            assertThat(resolved.header("Cache-Control")).contains("no-store");
        }
    }

    @Test
    void P2_a_dry_run_hands_nothing_out_and_a_real_one_is_on_record_before_its_answer() {
        String id = add("");
        String body = Credentials.resolve(user, "openai");
        long before = SharedServer.DATABASE.lastDeed();
        Answer dry = dataPlane.post("/v1/resolve?dryRun=true", body).expect(200);
        assertThat(dry.string("/keyId")).isEqualTo(id);
        assertThat(dry.string("/decision/0/outcome")).isEqualTo("chosen");
        assertThat(dry.json().path("credential").isObject()).isFalse();
        assertThat(SharedServer.DATABASE.lastDeed()).isEqualTo(before);

        Answer real = dataPlane.post("/v1/resolve", body).expect(200);
        long after = SharedServer.DATABASE.lastPosition();
        assertThat(after).isGreaterThan(before);
        Answer trail = control.since(after)
                .get("/v1/audit/events?action=key-used&keyId=" + id)
                .expect(200);
        assertThat(trail.string("/data/0/details/useId")).isEqualTo(real.string("/useId"));
        assertThat(trail.string("/data/0/purpose")).isEqualTo("answer the user");
        assertThat(trail.string("/data/0/userId")).isEqualTo(user);
        assertThat(trail.at("/data").size()).isEqualTo(1);
    }

    @Test
    void P9_no_other_key_serves_unless_its_owner_said_so_and_every_answer_says_whose_it_was() {
        String first = add("\"priority\":1,");
        String second = add("\"priority\":2,");
        String without = ",\"exclude\":[\"" + first + "\"]";
        assertThat(resolve("").string("/keyId")).isEqualTo(first);
        assertThat(resolve("").string("/source")).isEqualTo("user");

        Answer refused = dataPlane.post("/v1/resolve", Credentials.resolve(user, "openai", without));
        refused.expect(404, "no-usable-key");
        Answer why = dataPlane
                .post("/v1/resolve?dryRun=true", Credentials.resolve(user, "openai", without))
                .expect(200);
        assertThat(why.at("/keyId").isNull()).isTrue();
        assertThat(because(why, first)).isEqualTo("excluded");
        assertThat(because(why, second)).isEqualTo("not-a-fallback");

        control.patch("/v1/keys/" + second, "{\"fallback\":true}").expect(200);
        Answer allowed = resolve(without);
        assertThat(allowed.string("/keyId")).isEqualTo(second);
        assertThat(allowed.string("/source")).isEqualTo("fallback");
        assertThat(because(allowed, second)).isEqualTo("next-fallback");
    }

    @Test
    void P9_a_key_that_stops_working_is_not_replaced_by_another_users_or_environments() {
        String id = add("");
        add("\"environment\":\"staging\",");
        String other = Credentials.user();
        control.post(Credentials.keysOf(other), Credentials.add("openai", Credentials.openai(), "\"fallback\":true,"))
                .expect(201);
        control.post("/v1/keys/" + id + "/disable").expect(200);
        dataPlane.post("/v1/resolve", Credentials.resolve(user, "openai")).expect(404, "no-usable-key");
        dataPlane.post("/v1/resolve", Credentials.resolve(user, "anthropic")).expect(404, "no-usable-key");
    }

    @Test
    void a_key_that_would_be_expired_already_is_not_taken() {
        Answer gone = control.post(
                Credentials.keysOf(user),
                Credentials.add("deepgram", Credentials.deepgram(), "\"expiresAt\":\"2020-01-01T00:00:00Z\","));
        gone.expect(422, "key-expiry-in-past");
    }

    private String add(String more) {
        return control.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai(), more))
                .expect(201)
                .string("/id");
    }

    private Answer resolve(String more) {
        return dataPlane
                .post("/v1/resolve", Credentials.resolve(user, "openai", more))
                .expect(200);
    }

    private static String because(Answer answer, String keyId) {
        for (JsonNode considered : answer.at("/decision")) {
            if (considered.path("keyId").asString().equals(keyId)) {
                return considered.path("because").asString();
            }
        }
        throw new AssertionError("not considered: " + keyId);
    }
}
