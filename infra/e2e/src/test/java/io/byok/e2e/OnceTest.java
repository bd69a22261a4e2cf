package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Requests that are sent more than once. */
class OnceTest {

    private static final int AT_ONCE = 50;

    private final String user = Credentials.user();
    private final Api control = SharedServer.control();
    private final Api once = control.with("Idempotency-Key", UUID.randomUUID().toString());

    @Test
    void a_repeated_request_has_one_effect_and_one_answer() {
        String body = Credentials.add("openai", Credentials.openai());
        Answer first = once.post(Credentials.keysOf(user), body).expect(201);
        assertThat(first.header("Idempotent-Replayed")).isNull();
        control.patch("/v1/keys/" + first.string("/id"), "{\"alias\":\"meanwhile\"}")
                .expect(200);
        long position = SharedServer.DATABASE.lastPosition();

        Answer again = once.post(Credentials.keysOf(user), body).expect(201);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        same(again, first);
        assertThat(SharedServer.DATABASE.lastPosition()).isEqualTo(position);
    }

    @Test
    void fifty_at_once_have_one_effect_and_one_answer() throws Exception {
        String body = Credentials.add("openai", Credentials.openai());
        List<Answer> answers = atOnce(() -> once.post(Credentials.keysOf(user), body));
        Answer any = answers.getFirst().expect(201);
        answers.forEach(answer -> same(answer.expect(201), any));
        assertThat(answers.stream().filter(answer -> answer.header("Idempotent-Replayed") == null))
                .hasSize(1);
        assertThat(control.since(any.position()).get(Credentials.keysOf(user)).each("/data", "id"))
                .containsExactly(any.string("/id"));
    }

    @Test
    void every_command_can_be_repeated() {
        String path = "/v1/keys/"
                + control.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai()))
                        .expect(201)
                        .string("/id");
        twice(path + "/rotate", Credentials.rotate(Credentials.openai(), "PT1H"), 200);
        twice(path + "/disable", "{\"reason\":\"a\"}", 200);
        twice(path + "/enable", "{\"reason\":\"b\"}", 200);
        twice(path + "/revoke", "{\"reason\":\"c\"}", 200);
        String record =
                "{\"id\":\"%s\",\"userId\":\"u\",\"provider\":\"openai\",\"occurredAt\":\"2026-03-02T00:00:00Z\"}"
                        .formatted(UUID.randomUUID());
        twice("/v1/usage", "{\"records\":[" + record + "]}", 202);
    }

    @Test
    void the_same_key_with_another_body_is_refused() {
        once.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai()))
                .expect(201);
        long position = SharedServer.DATABASE.lastPosition();
        once.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai()))
                .expect(422, "idempotency-key-reused");
        assertThat(SharedServer.DATABASE.lastPosition()).isEqualTo(position);
    }

    @Test
    void a_repeat_shows_no_token_again() {
        String body = "{\"name\":\"once\",\"scopes\":[\"keys:read\"]}";
        Answer first = once.post("/v1/api-tokens", body).expect(201);
        Answer again = once.post("/v1/api-tokens", body).expect(201);
        assertThat(again.string("/id")).isEqualTo(first.string("/id"));
        assertThat(again.text()).doesNotContain(first.string("/token"));
    }

    private void twice(String path, String body, int status) {
        Api repeated = control.with("Idempotency-Key", UUID.randomUUID().toString());
        Answer first = repeated.post(path, body).expect(status);
        Answer again = repeated.post(path, body).expect(status);
        assertThat(again.header("Idempotent-Replayed")).as(path).isEqualTo("true");
        same(again, first);
    }

    private static void same(Answer answer, Answer other) {
        assertThat(answer.json()).isEqualTo(other.json());
        assertThat(answer.position()).isEqualTo(other.position());
        assertThat(answer.header("ETag")).isEqualTo(other.header("ETag"));
        assertThat(answer.header("Location")).isEqualTo(other.header("Location"));
    }

    private interface Request {
        Answer send();
    }

    private static List<Answer> atOnce(Request request) throws Exception {
        CyclicBarrier start = new CyclicBarrier(AT_ONCE);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> sent = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                sent.add(callers.submit(() -> {
                    start.await();
                    return request.send();
                }));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> one : sent) {
                answers.add(one.get());
            }
            return answers;
        }
    }
}
