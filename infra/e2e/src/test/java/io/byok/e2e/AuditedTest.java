package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What was asked for and changed nothing is in the audit as well: refusals, reads of the audit, replays. */
class AuditedTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Api ours = SharedServer.control();

    /** A caller of its own, so that nobody else's reads and refusals are counted with it. */
    private Answer token(String... scopes) {
        return ours.post("/v1/api-tokens", "{\"name\":\"n\",\"scopes\":[\"" + String.join("\",\"", scopes) + "\"]}")
                .expect(201);
    }

    private Answer found(String query) {
        return Eventually.get(
                SOON,
                () -> ours.get("/v1/audit/events?" + query),
                answer -> answer.status() == 200 && answer.at("/data").size() > 0);
    }

    @Test
    void a_refused_command_is_in_the_trail_with_who_what_why_and_the_key_and_is_a_leaf() {
        String user = Credentials.user();
        Answer key = ours.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai()))
                .expect(201);
        String id = key.string("/id");
        Answer token = token("keys:write", "keys:resolve");
        Api caller = SharedServer.SERVER.anonymous().token(token.string("/token"));
        caller.post("/v1/keys/" + id + "/revoke", "{}").expect(200);
        caller.post("/v1/keys/" + id + "/enable", "{}").expect(409);

        Answer refused = found("action=command-refused&outcome=refused&actor=" + token.string("/id"));
        assertThat(refused.string("/data/0/keyId")).isEqualTo(id);
        assertThat(refused.string("/data/0/reason")).isEqualTo("key-revoked");
        assertThat(refused.string("/data/0/details/operation")).isEqualTo("POST /v1/keys/{keyId}/enable");
        Eventually.get(
                SOON,
                () -> ours.get("/v1/audit/proofs/inclusion?eventId=" + refused.string("/data/0/eventId"))
                        .status(),
                status -> status == 200);
    }

    @Test
    void a_resolve_that_finds_no_key_is_in_the_trail_of_the_user_and_a_flood_of_them_is_hardly_more() {
        String user = Credentials.user();
        ours.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai()))
                .expect(201);
        Answer token = token("keys:resolve");
        Api caller = SharedServer.SERVER.dataPlaneAs(token.string("/token"));
        for (int i = 0; i < 300; i++) {
            caller.post("/v1/resolve", Credentials.resolve(user, "deepgram")).expect(404, "no-usable-key");
        }
        Answer refused = found("action=command-refused&actor=" + token.string("/id"));
        assertThat(refused.string("/data/0/userId")).isEqualTo(user);
        assertThat(refused.string("/data/0/reason")).isEqualTo("no-usable-key");
        assertThat(refused.string("/data/0/details/operation")).isEqualTo("POST /v1/resolve");
        assertThat(refused.at("/data").size()).isLessThanOrEqualTo(2);
    }

    @Test
    void who_reads_the_audit_is_in_it_and_reading_on_does_not_make_it_grow() {
        Answer token = token("audit:read");
        Api reader = SharedServer.SERVER.anonymous().token(token.string("/token"));
        reader.get("/v1/audit/events?action=key-used&limit=1").expect(200);
        Eventually.get(SOON, () -> reader.get("/v1/audit/export?endIndex=1"), answer -> answer.status() == 200);
        Answer read = found("action=audit-read&actor=" + token.string("/id"));
        for (int i = 0; i < 200; i++) {
            reader.get("/v1/audit/events?action=audit-read&limit=1").expect(200);
        }
        Answer all = Eventually.get(
                SOON,
                () -> ours.get("/v1/audit/events?action=audit-read&actor=" + token.string("/id")),
                answer -> answer.text().contains("/v1/audit/export"));
        assertThat(read.string("/data/0/details/operation")).startsWith("GET /v1/audit/");
        assertThat(all.text()).contains("GET /v1/audit/events").contains("GET /v1/audit/export");
        assertThat(all.at("/data").size()).isLessThanOrEqualTo(4);
    }

    @Test
    void a_replay_is_in_the_trail_when_it_begins_and_how_it_ended() {
        Answer token = token("replays:run");
        Api caller = SharedServer.SERVER.anonymous().token(token.string("/token"));
        Replays.run(caller, "usage", "verify");
        Answer ended = found("action=replay-ended&actor=" + token.string("/id"));
        assertThat(ended.string("/data/0/outcome")).isEqualTo("ok");
        assertThat(ended.string("/data/0/details/projection")).isEqualTo("usage");
        assertThat(found("action=replay-started&actor=" + token.string("/id"))
                        .at("/data")
                        .size())
                .isOne();
    }

    private static Shell.Ran state(String options) {
        return Shell.run("./byok audit state --data '" + SharedServer.SERVER.data() + "' " + options);
    }

    @Test
    void what_was_valid_at_a_time_is_shown_line_by_line() {
        String user = Credentials.user();
        String key = ours.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai()))
                .expect(201)
                .string("/id");
        String token = token("keys:read").string("/id");
        Instant then = Instant.now();
        ours.post("/v1/keys/" + key + "/revoke", "{}").expect(200);
        ours.delete("/v1/api-tokens/" + token).expect(204);

        Shell.Ran before = state("--as-of " + then + " --user '" + user + "'");
        assertThat(Shell.run("./byok replay --as-of " + then + " --user '" + user + "' --data '"
                                + SharedServer.SERVER.data() + "'")
                        .output())
                .isEqualTo(before.output());
        assertThat(before.exit()).as(before.output()).isZero();
        assertThat(before.output())
                .contains("as of " + then)
                .contains("key " + key + " active openai/production user=\"" + user + "\" versions=1")
                .contains("token " + token + " name=\"n\" scopes=keys:read");
        assertThat(before.output().lines().filter(line -> line.startsWith("key ")))
                .as("of this user only")
                .hasSize(1);
        Shell.Ran after = state("--as-of " + Instant.now() + " --user '" + user + "'");
        assertThat(after.output()).contains("key " + key + " revoked").doesNotContain(token);
        Shell.Ran json = state("--as-of " + then + " --json");
        assertThat(JsonMapper.shared().readTree(json.output()).path("keys").findValuesAsString("id"))
                .contains(key);
        assertThat(state("--as-of yesterday").exit()).isEqualTo(1);
        assertThat(state("").exit()).isEqualTo(2);
    }

    private static Shell.Ran verifyReport(String... arguments) {
        return Shell.run("'" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -XX:+UseSerialGC -cp '"
                + ServerJvm.ROOT.resolve("infra/standalone/target/server/lib")
                + "/*' io.byok.standalone.AuditVerifyReportMain '"
                + String.join("' '", arguments) + "'");
    }

    @Test
    void the_report_of_a_replay_is_kept_as_a_file_and_checked_without_the_server(@TempDir Path directory)
            throws Exception {
        Path file = directory.resolve("replay.report");
        Shell.Ran replayed = Shell.run(
                "./byok replay --verify audit --report '" + file + "' --data '" + SharedServer.SERVER.data() + "'");
        assertThat(replayed.exit()).as(replayed.output()).isZero();
        String key = ours.get("/v1/audit/signing-key").expect(200).string("/key");

        Shell.Ran sound = verifyReport(file.toString(), "--key", key);
        assertThat(sound.exit()).as(sound.output()).isZero();
        assertThat(sound.output()).contains("projection audit", "table audit_checkpoint equal ", "day audit_event ");

        Path changed = Files.writeString(
                directory.resolve("changed.report"), Files.readString(file).replaceFirst("position ", "position 1"));
        assertThat(verifyReport(changed.toString(), "--key", key).exit()).isEqualTo(1);
        assertThat(verifyReport(directory.resolve("none").toString(), "--key", key)
                        .exit())
                .isEqualTo(2);
        assertThat(verifyReport(file.toString()).exit()).isEqualTo(2);
        ours.get("/v1/replays/rpl_00000000000000000000000000/report").expect(404, "replay-not-found");
    }
}
