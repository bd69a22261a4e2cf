package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Two place a legal hold and two lift it; between, nothing that it protects is erased. */
class LegalHoldTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Api first = SharedServer.control();
    private final Api second = SharedServer.SERVER
            .anonymous()
            .token(first.post("/v1/api-tokens", "{\"name\":\"counsel\",\"scopes\":[\"holds:write\",\"audit:read\"]}")
                    .expect(201)
                    .string("/token"));

    private String user() {
        String user = Credentials.user();
        first.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai()))
                .expect(201);
        return user;
    }

    private Answer erase(String user) {
        return first.post("/v1/users/" + Api.encoded(user) + "/erase", Credentials.ERASE);
    }

    private String ask(String user, String more) {
        return first.post("/v1/legal-holds", "{\"userId\":\"%s\",%s\"reason\":\"case 17\"}".formatted(user, more))
                .expect(201)
                .string("/id");
    }

    @Test
    void a_user_under_a_hold_is_not_erased_until_two_have_lifted_it() {
        String held = user();
        String other = user();
        String path = "/v1/legal-holds/" + ask(held, "");
        first.post(path + "/confirm").expect(409, "hold-same-actor");
        assertThat(second.get(path).expect(200).string("/status")).isEqualTo("requested");
        Answer placed = second.post(path + "/confirm").expect(200);
        assertThat(placed.string("/status")).isEqualTo("placed");

        Answer refused = erase(held).expect(409, "legal-hold");
        assertThat(refused.text()).contains("/v1/legal-holds");
        SharedServer.dataPlane()
                .post("/v1/resolve", Credentials.resolve(held, "openai"))
                .expect(200);
        erase(other).expect(202);

        second.post(path + "/lift", "{\"reason\":\"case closed\"}").expect(200);
        second.post(path + "/confirm").expect(409, "hold-same-actor");
        erase(held).expect(409, "legal-hold");
        Answer lifted = first.post(path + "/confirm").expect(200);
        assertThat(lifted.string("/status")).isEqualTo("lifted");
        assertThat(lifted.string("/liftReason")).isEqualTo("case closed");
        assertThat(lifted.string("/placedBy"))
                .as("the second one agreed to the hold and asked for its end")
                .isEqualTo(lifted.string("/liftRequestedBy"))
                .isNotEqualTo(lifted.string("/requestedBy"));
        assertThat(lifted.string("/liftedBy")).isEqualTo(lifted.string("/requestedBy"));
        erase(held).expect(202);

        Answer trail = first.since(lifted.position())
                .get("/v1/audit/events?action=legal-hold-placed&limit=100")
                .expect(200);
        assertThat(trail.text()).contains(path.substring("/v1/legal-holds/".length()));
    }

    @Test
    void a_hold_on_a_time_protects_who_has_a_history_of_then() {
        String user = user();
        String past = "/v1/legal-holds/" + ask(user, "\"to\":\"2020-01-01T00:00:00Z\",");
        second.post(past + "/confirm").expect(200);
        String now =
                "/v1/legal-holds/" + ask(user, "\"from\":\"2020-01-01T00:00:00Z\",\"to\":\"2100-01-01T00:00:00Z\",");
        second.post(now + "/confirm").expect(200);
        erase(user).expect(409, "legal-hold");
        second.post(now + "/lift", "{\"reason\":\"mistaken\"}").expect(200);
        first.post(now + "/confirm").expect(200);
        Answer erased = erase(user).expect(202);
        Eventually.get(
                PATIENCE,
                () -> first.get("/v1/erasures/" + erased.string("/id")),
                answer -> answer.string("/status").equals("erased"));
    }

    @Test
    void a_request_is_repeated_listed_and_withdrawn() {
        String body = "{\"userId\":\"%s\",\"reason\":\"case 18\"}".formatted(user());
        Api once = first.with("Idempotency-Key", "hold-" + body.hashCode());
        String id = once.post("/v1/legal-holds", body).expect(201).string("/id");
        assertThat(once.post("/v1/legal-holds", body).expect(201).string("/id")).isEqualTo(id);
        assertThat(second.get("/v1/legal-holds").expect(200).each("/data", "id"))
                .contains(id);
        first.post("/v1/legal-holds/" + id + "/withdraw").expect(200);
        second.post("/v1/legal-holds/" + id + "/confirm").expect(409, "hold-nothing-asked");
        second.post("/v1/legal-holds/" + id + "/lift", "{\"reason\":\"x\"}").expect(409, "hold-not-in-force");
        first.post("/v1/legal-holds", "{\"userId\":\"nobody-of-that-name\",\"reason\":\"x\"}")
                .expect(404, "hold-user-unknown");
        first.post("/v1/legal-holds", "{\"reason\":\" \"}").expect(422, "field-invalid");
    }
}
