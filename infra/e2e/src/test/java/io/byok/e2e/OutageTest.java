package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.testkit.FaultyPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The two stores go away, one after the other, and come back; the server stays. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FaultyPostgres postgres = FaultyPostgres.running();
    private final World world = World.on(postgres.database());
    private final Server server = Server.in(world);
    private final Api control = server.control();
    private final Api dataPlane = server.dataPlane();
    private final String user = Credentials.user();
    private final String secret = Credentials.openai();
    private final String keyId = add(Credentials.add("openai", secret)).string("/id");

    @AfterAll
    void close() {
        server.close();
        world.close();
        postgres.close();
    }

    @Test
    @Order(1)
    void with_kafka_away_commands_and_resolves_go_on_and_the_read_models_catch_up_in_order() {
        world.kafka().kill();
        List<String> added = new ArrayList<>();
        long last = 0;
        for (int i = 0; i < 20; i++) {
            Answer answer = add(Credentials.add("deepgram", Credentials.deepgram()));
            added.addFirst(answer.string("/id"));
            last = answer.position();
        }
        resolves();
        control.since(last).get("/v1/keys").expect(503, "position-not-reached");
        control.get("/v1/keys/" + keyId).expect(200); // what was known is still shown
        server.anonymous().get("/livez").expect(200);

        world.kafka().start();
        Api reader = control.since(last);
        Answer caughtUp = Eventually.get(
                PATIENCE,
                () -> reader.get(Credentials.keysOf(user) + "?provider=deepgram&limit=100"),
                answer -> answer.status() == 200);
        assertThat(caughtUp.each("/data", "id")).isEqualTo(added);
        Aftermath aftermath = new Aftermath(new Traffic(server, 0), world.database());
        aftermath.positionsAreDenseAndStreamsWhole();
        aftermath.kafkaHoldsTheStore(world.kafka().bootstrapServers());
    }

    @Test
    @Order(2)
    void P2_when_the_use_cannot_be_recorded_nothing_is_handed_out() {
        // Reads work, writes do not: a credential could be opened, and its use not recorded.
        world.database()
                .change("create function log.full() returns trigger language plpgsql as"
                        + " $$ begin raise exception 'no space' using errcode = '53100'; end $$");
        world.database()
                .change("create trigger full_disk before insert on log.event"
                        + " for each statement execute function log.full()");
        long position = world.database().lastPosition();
        for (Api plane : List.of(control, dataPlane)) {
            Answer refused = plane.post("/v1/resolve", Credentials.resolve(user, "openai"));
            assertThat(refused.text()).doesNotContain(secret);
            refused.expect(503, "audit-unavailable");
            assertThat(refused.header("Retry-After")).isNotNull();
        }
        control.post("/v1/keys/" + keyId + "/disable").expect(503);
        assertThat(world.database().lastPosition()).isEqualTo(position);

        world.database().change("drop trigger full_disk on log.event");
        Eventually.get(PATIENCE, this::tryResolve, answer -> answer.status() == 200);
        assertThat(world.database().lastPosition()).isGreaterThan(position);
    }

    @Test
    @Order(3)
    void with_postgres_away_everything_answers_503_and_comes_back_by_itself() {
        postgres.stop();
        for (Api plane : List.of(control, dataPlane)) {
            away(plane.post("/v1/resolve", Credentials.resolve(user, "openai")));
        }
        away(control.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai())));
        away(control.post("/v1/keys/" + keyId + "/revoke"));
        away(control.get("/v1/keys"));
        away(control.get("/v1/audit/events"));
        away(control.get("/v1/analytics/usage"));
        server.anonymous().get("/livez").expect(200);
        server.anonymous().get("/readyz").expect(503, "not-ready");

        postgres.start();
        Eventually.get(PATIENCE, () -> server.anonymous().get("/readyz"), answer -> answer.status() == 200);
        Eventually.get(PATIENCE, this::tryResolve, answer -> answer.status() == 200);
        Answer added = add(Credentials.add("anthropic", Credentials.anthropic()));
        Eventually.get(
                PATIENCE,
                () -> control.since(added.position()).get("/v1/keys/" + added.string("/id")),
                answer -> answer.status() == 200);
    }

    @Test
    @Order(4)
    void a_postgres_that_crashes_takes_nothing_that_was_acknowledged_with_it() {
        List<String> added = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            added.addFirst(add(Credentials.add("deepgram", Credentials.deepgram(), "\"environment\":\"crash\","))
                    .string("/id"));
        }
        postgres.kill();
        postgres.start();
        Answer listed = Eventually.get(
                PATIENCE,
                () -> control.get(Credentials.keysOf(user) + "?environment=crash&limit=100"),
                answer -> answer.status() == 200 && answer.at("/data").size() == added.size());
        assertThat(listed.each("/data", "id")).isEqualTo(added);
        Eventually.get(PATIENCE, this::tryResolve, answer -> answer.status() == 200);
        assertThat(Replays.run(control, "all", "verify").at("/equal").asBoolean())
                .isTrue();
    }

    private Answer add(String body) {
        return control.post(Credentials.keysOf(user), body).expect(201);
    }

    private Answer tryResolve() {
        return dataPlane.post("/v1/resolve", Credentials.resolve(user, "openai"));
    }

    private void resolves() {
        assertThat(tryResolve().expect(200).string("/credential/apiKey")).isEqualTo(secret);
    }

    private void away(Answer answer) {
        answer.expect(503);
        assertThat(answer.header("Retry-After")).as(answer.request()).isNotNull();
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.text()).doesNotContain(secret);
    }
}
