package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** API tokens on two nodes of one world: a change that one node makes holds on the other within a second. */
class TokenRotationTest {

    private static final Duration A_SECOND = Duration.ofMillis(1_000);

    private static String make(Api operator, String more) {
        return operator.post(
                        "/v1/api-tokens", "{\"name\":\"n\",\"scopes\":[\"keys:read\",\"keys:resolve\"]" + more + "}")
                .expect(201)
                .text();
    }

    private static String field(String answer, String name) {
        int at = answer.indexOf('"' + name + "\":\"") + name.length() + 4;
        return answer.substring(at, answer.indexOf('"', at));
    }

    /** Asks without a pause until it is refused; returns how long after the moment that was. */
    private static Duration refusedAfter(Instant moment, Api caller) {
        while (true) {
            Answer answer = caller.post("/v1/resolve?dryRun=true", Credentials.resolve("u", "openai"));
            if (answer.status() == 401) {
                return Duration.between(moment, Instant.now());
            }
            assertThat(Duration.between(moment, Instant.now())).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void a_revoked_and_a_rotated_token_are_refused_within_a_second_on_every_node_and_plane() {
        try (World world = World.fresh();
                Server first = Server.in(world);
                Server second = Server.in(world)) {
            Api operator = first.control();
            for (int round = 0; round < 3; round++) {
                String made = make(operator, "");
                String text = field(made, "token");
                List<Api> everywhere = everywhere(text, first, second);
                everywhere.forEach(caller -> opens(caller));
                if (round < 2) {
                    operator.delete("/v1/api-tokens/" + field(made, "id")).expect(204);
                } else {
                    String after = operator.post("/v1/api-tokens/" + field(made, "id") + "/rotate", "{}")
                            .expect(200)
                            .string("/token");
                    everywhere(after, first, second).forEach(caller -> opens(caller));
                }
                Instant answered = Instant.now();
                everywhere.parallelStream()
                        .forEach(caller ->
                                assertThat(refusedAfter(answered, caller)).isLessThan(A_SECOND));
            }
        }
    }

    private static List<Api> everywhere(String text, Server first, Server second) {
        return List.of(
                first.anonymous().token(text),
                second.anonymous().token(text),
                first.dataPlaneAs(text),
                second.dataPlaneAs(text));
    }

    private static void opens(Api caller) {
        caller.post("/v1/resolve?dryRun=true", Credentials.resolve("u", "openai"))
                .expect(200);
    }

    @Test
    void both_texts_open_during_the_overlap_and_only_the_new_one_after_it() {
        Api operator = SharedServer.control();
        String made = make(operator, "");
        Answer rotated = operator.post("/v1/api-tokens/" + field(made, "id") + "/rotate", "{\"overlap\":\"PT2S\"}")
                .expect(200);
        Api before = SharedServer.SERVER.anonymous().token(field(made, "token"));
        Api after = SharedServer.SERVER.anonymous().token(rotated.string("/token"));
        opens(before);
        opens(after);
        Instant until = Instant.parse(rotated.string("/previousUntil"));
        assertThat(refusedAfter(until, before)).isLessThan(A_SECOND);
        opens(after);
        assertThat(rotated.string("/id")).isEqualTo(field(made, "id"));
        assertThat(rotated.string("/token")).isNotEqualTo(field(made, "token"));
    }

    @Test
    void nobody_gets_hold_of_more_rights_by_rotating_somebody_elses_token() {
        Api operator = SharedServer.control();
        String made = make(operator, "");
        String clerk = operator.post("/v1/api-tokens", "{\"name\":\"clerk\",\"scopes\":[\"tokens:write\"]}")
                .expect(201)
                .string("/token");
        SharedServer.SERVER
                .anonymous()
                .token(clerk)
                .post("/v1/api-tokens/" + field(made, "id") + "/rotate", "{}")
                .expect(422, "scope-not-yours");
        opens(SharedServer.SERVER.anonymous().token(field(made, "token")));
    }

    @Test
    void an_expired_token_opens_nothing_and_is_listed_as_expired() {
        Api operator = SharedServer.control();
        Instant expiresAt = Instant.now().plusSeconds(2);
        String made = make(operator, ",\"expiresAt\":\"" + expiresAt + "\"");
        Api caller = SharedServer.SERVER.anonymous().token(field(made, "token"));
        opens(caller);
        assertThat(refusedAfter(expiresAt, caller)).isLessThan(A_SECOND);
        String listed = operator.get("/v1/api-tokens").expect(200).text();
        assertThat(listed).doesNotContain(field(made, "token"));
        assertThat(listed.substring(listed.indexOf(field(made, "id")))).contains("\"status\":\"expired\"");
        operator.post("/v1/api-tokens/" + field(made, "id") + "/rotate", "{}").expect(409, "api-token-over");
    }
}
