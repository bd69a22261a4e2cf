package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A policy over HTTP: what it would do is shown, it is an event, and it is taken back before it does anything. */
class RetentionTest {

    private final Api control = SharedServer.control();

    @Test
    void a_policy_is_simulated_set_and_taken_back() {
        String user = Credentials.user();
        control.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai()))
                .expect(201);
        SharedServer.dataPlane()
                .post("/v1/resolve", Credentials.resolve(user, "openai"))
                .expect(200);
        assertThat(control.get("/v1/retention").expect(200).at("/leastDays").asInt())
                .isEqualTo(2555);
        Answer simulated = control.get("/v1/retention/simulation").expect(200);
        assertThat(simulated.at("/years/0/uses").asLong()).isPositive();
        assertThat(simulated.at("/years/0/due").asBoolean()).isFalse();
        control.get("/v1/retention/simulation?days=0").expect(400, "parameter-invalid");

        String command = "./byok retention --simulate --data '" + SharedServer.SERVER.data() + "'";
        Shell.Ran shown = Shell.run(command);
        assertThat(shown.exit()).as(shown.output()).isZero();
        assertThat(shown.output())
                .contains("byok: with a policy of 2555 days")
                .containsPattern(
                        "byok: 20[0-9]{2}: [1-9][0-9]* uses in [1-9][0-9]* events, 1 keys to destroy; kept until ");
        assertThat(Shell.run(command + " --days 0").exit()).isEqualTo(1);
        assertThat(Shell.run("./byok retention").exit()).isEqualTo(2);

        control.put("/v1/retention", "{\"days\":30}").expect(409, "retention-too-short");
        Answer set = control.put("/v1/retention", "{}").expect(200);
        assertThat(set.at("/days").asInt()).isEqualTo(2555);
        Answer removed = control.delete("/v1/retention").expect(204);
        assertThat(control.get("/v1/retention").expect(200).at("/days").isNumber())
                .isFalse();
        assertThat(control.since(removed.position())
                        .get("/v1/audit/events?action=retention-policy-removed")
                        .expect(200)
                        .each("/data", "action"))
                .isNotEmpty();
    }
}
