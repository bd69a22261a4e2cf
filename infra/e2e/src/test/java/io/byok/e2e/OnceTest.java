package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Requests that are sent more than once. */
class OnceTest {

    private static final int AT_ONCE = 50;
    private static final int CALLERS = 64;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

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
        long position = SharedServer.DATABASE.lastDeed();

        Answer again = once.post(Credentials.keysOf(user), body).expect(201);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        same(again, first);
        assertThat(SharedServer.DATABASE.lastDeed()).isEqualTo(position);
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
    void a_thousand_repeats_by_64_callers_have_one_effect() throws Exception {
        String body = Credentials.add("openai", Credentials.openai());
        List<Answer> answers = atOnce(CALLERS, 1_000, () -> once.post(Credentials.keysOf(user), body));
        assertThat(answers).hasSize(1_000);
        Answer any = answers.getFirst().expect(201);
        answers.forEach(answer -> same(answer.expect(201), any));
        assertThat(answers.stream().filter(answer -> answer.header("Idempotent-Replayed") == null))
                .hasSize(1);
        assertThat(control.since(any.position()).get(Credentials.keysOf(user)).each("/data", "id"))
                .containsExactly(any.string("/id"));
    }

    @Test
    void of_64_callers_who_saw_the_same_version_one_changes_it_and_no_change_is_lost() throws Exception {
        Answer added = control.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai()))
                .expect(201);
        String path = "/v1/keys/" + added.string("/id");
        AtomicInteger turn = new AtomicInteger();
        Api seen = control.with("If-Match", added.etag());
        List<Answer> answers = atOnce(
                CALLERS, CALLERS, () -> seen.patch(path, "{\"alias\":\"a%d\"}".formatted(turn.incrementAndGet())));
        assertThat(answers.stream().map(Answer::status)).containsOnly(200, 412);
        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);

        List<Answer> all = atOnce(
                CALLERS, CALLERS, () -> control.patch(path, "{\"alias\":\"b%d\"}".formatted(turn.incrementAndGet())));
        assertThat(all.stream().map(answer -> answer.expect(200).etag()))
                .as("each change is a version of its own")
                .doesNotHaveDuplicates()
                .hasSize(CALLERS);
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
        long position = SharedServer.DATABASE.lastDeed();
        once.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai()))
                .expect(422, "idempotency-key-reused");
        assertThat(SharedServer.DATABASE.lastDeed()).isEqualTo(position);
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
        return atOnce(AT_ONCE, AT_ONCE, request);
    }

    private static List<Answer> atOnce(int callers, int requests, Request request) throws Exception {
        CyclicBarrier start = new CyclicBarrier(callers);
        AtomicInteger left = new AtomicInteger(requests);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Answer>>> sent = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                sent.add(threads.submit(() -> {
                    start.await();
                    List<Answer> own = new ArrayList<>();
                    while (left.decrementAndGet() >= 0) {
                        // A tenant has so many worked on at a time; the others are told to come again.
                        own.add(Eventually.get(PATIENCE, request::send, answer -> answer.status() != 429));
                    }
                    return own;
                }));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<List<Answer>> one : sent) {
                answers.addAll(one.get());
            }
            return answers;
        }
    }
}
