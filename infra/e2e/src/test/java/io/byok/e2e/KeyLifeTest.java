package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A key from its first day to its last. No test waits: every read names the position it must see. */
class KeyLifeTest {

    private final Api control = SharedServer.control();
    private final String user = Credentials.user();

    @Test
    void keys_of_four_providers_are_added_listed_filtered_and_paged() {
        Answer openai =
                add(Credentials.add("openai", Credentials.openai(), "\"alias\":\"main\",\"tags\":[\"a\",\"b\"],"));
        Answer anthropic = add(Credentials.add("anthropic", Credentials.anthropic(), "\"environment\":\"staging\","));
        Answer deepgram = add(Credentials.add("deepgram", Credentials.deepgram(), "\"tags\":[\"b\"],"));
        Answer twilio = add(Credentials.addTwilio(Credentials.twilioSid(), Credentials.twilioToken()));
        List<String> newestFirst =
                List.of(twilio.string("/id"), deepgram.string("/id"), anthropic.string("/id"), openai.string("/id"));
        Api reader = control.since(twilio.position());
        String keys = Credentials.keysOf(user);

        assertThat(openai.header("Location")).isEqualTo("/v1/keys/" + openai.string("/id"));
        assertThat(reader.get(keys).expect(200).each("/data", "id")).isEqualTo(newestFirst);
        assertThat(reader.get("/v1/keys?limit=100").expect(200).each("/data", "id"))
                .containsAll(newestFirst);
        assertThat(reader.get(keys + "?provider=openai").each("/data", "id")).containsExactly(openai.string("/id"));
        assertThat(reader.get(keys + "?environment=staging").each("/data", "id"))
                .containsExactly(anthropic.string("/id"));
        assertThat(reader.get(keys + "?tag=b").each("/data", "id"))
                .containsExactly(deepgram.string("/id"), openai.string("/id"));
        assertThat(reader.get(keys + "?status=revoked").each("/data", "id")).isEmpty();
        assertThat(reader.get(keys + "?health=unknown").each("/data", "id")).hasSize(4);

        List<String> paged = new ArrayList<>();
        String next = "";
        while (next != null) {
            Answer page = reader.get(keys + "?limit=3" + next).expect(200);
            paged.addAll(page.each("/data", "id"));
            JsonNode cursor = page.json().path("nextCursor");
            next = cursor.isString() ? "&cursor=" + Api.encoded(cursor.stringValue()) : null;
        }
        assertThat(paged).isEqualTo(newestFirst);
    }

    @Test
    void a_key_that_the_reader_has_already_is_not_sent_again() {
        Answer added = add(Credentials.add("openai", Credentials.openai()));
        String path = "/v1/keys/" + added.string("/id");
        Api reader = control.since(added.position());

        Answer read = reader.get(path).expect(200);
        assertThat(read.etag()).isEqualTo(added.etag()).isEqualTo(read.string("/etag"));
        Answer unchanged = reader.with("If-None-Match", read.etag()).get(path).expect(304);
        assertThat(unchanged.body()).isEmpty();

        Answer changed = control.patch(path, "{\"alias\":\"other\"}").expect(200);
        control.since(changed.position())
                .with("If-None-Match", read.etag())
                .get(path)
                .expect(200);
    }

    @Test
    void a_patch_changes_what_it_names_and_nothing_else() {
        Answer added = add(Credentials.add(
                "openai", Credentials.openai(), "\"alias\":\"one\",\"description\":\"two\",\"tags\":[\"three\"],"));
        String path = "/v1/keys/" + added.string("/id");

        Answer changed = control.patch(path, "{\"alias\":null,\"priority\":7,\"fallback\":true}")
                .expect(200);
        assertThat(changed.at("/alias").isNull()).isTrue();
        assertThat(changed.string("/description")).isEqualTo("two");
        assertThat(changed.string("/tags/0")).isEqualTo("three");
        assertThat(changed.at("/priority").asInt()).isEqualTo(7);
        assertThat(changed.at("/fallback").asBoolean()).isTrue();
        assertThat(changed.at("/version").asInt()).isEqualTo(1);
        assertThat(changed.etag()).isNotEqualTo(added.etag());
    }

    @Test
    void a_command_meant_for_an_older_version_is_refused_and_changes_nothing() {
        Answer added = add(Credentials.add("openai", Credentials.openai()));
        String path = "/v1/keys/" + added.string("/id");
        Answer changed = control.with("If-Match", added.etag())
                .patch(path, "{\"alias\":\"seen\"}")
                .expect(200);
        Api late = control.with("If-Match", added.etag());
        String fresh = Credentials.openai();

        late.patch(path, "{\"alias\":\"late\"}").expect(412, "version-stale");
        late.post(path + "/rotate", Credentials.rotate(fresh, "PT0S")).expect(412, "version-stale");
        late.post(path + "/disable").expect(412, "version-stale");
        late.delete(path).expect(412, "version-stale");

        Answer read = control.since(changed.position()).get(path).expect(200);
        assertThat(read.etag()).isEqualTo(changed.etag());
        assertThat(read.string("/alias")).isEqualTo("seen");
        assertThat(read.string("/status")).isEqualTo("active");
    }

    @Test
    void both_sides_show_the_very_same_key_after_every_command() {
        Answer added = sameOnBothSides(
                add(
                        Credentials.add(
                                "anthropic",
                                Credentials.anthropic(),
                                "\"alias\":\"a\",\"tags\":[\"z\",\"b\"],\"expiresAt\":\"2099-01-31T00:00:00.123456Z\",\"priority\":3,")));
        String path = "/v1/keys/" + added.string("/id");
        sameOnBothSides(control.patch(path, "{\"description\":\"d\",\"tags\":[\"q\",\"c\"]}"));
        sameOnBothSides(control.post(path + "/rotate", Credentials.rotate(Credentials.anthropic(), "PT1H")));
        sameOnBothSides(control.post(path + "/rotate", Credentials.rotate(Credentials.anthropic(), "PT2H")));
        sameOnBothSides(control.post(path + "/rotate", Credentials.rotate(Credentials.anthropic(), "PT0S")));
        sameOnBothSides(control.post(path + "/disable", "{\"reason\":\"holiday\"}"));
        sameOnBothSides(control.post(path + "/enable"));
        sameOnBothSides(control.post(path + "/revoke"));
    }

    @Test
    void a_rotation_with_an_overlap_keeps_the_old_version_as_a_fallback() {
        String first = Credentials.openai();
        String second = Credentials.openai();
        Answer added = add(Credentials.add("openai", first));
        String id = added.string("/id");
        Answer rotated = control.post("/v1/keys/" + id + "/rotate", Credentials.rotate(second, "PT1H"))
                .expect(200);
        assertThat(rotated.at("/version").asInt()).isEqualTo(2);
        assertThat(new HashSet<>(rotated.each("/versions", "status"))).containsExactlyInAnyOrder("active", "retiring");

        Answer current = resolve("");
        assertThat(current.string("/credential/apiKey")).isEqualTo(second);
        assertThat(current.string("/source")).isEqualTo("user");
        Answer old = resolve(",\"exclude\":[\"" + id + "@2\"]");
        assertThat(old.string("/credential/apiKey")).isEqualTo(first);
        assertThat(old.string("/source")).isEqualTo("fallback");
        assertThat(old.at("/version").asInt()).isEqualTo(1);
    }

    @Test
    void a_rotation_without_an_overlap_ends_the_old_version_at_once() {
        String second = Credentials.openai();
        String id = add(Credentials.add("openai", Credentials.openai())).string("/id");
        control.post("/v1/keys/" + id + "/rotate", Credentials.rotate(second, "PT0S"))
                .expect(200);

        assertThat(resolve("").string("/credential/apiKey")).isEqualTo(second);
        refused(",\"exclude\":[\"" + id + "@2\"]");
        assertThat(SharedServer.DATABASE.number(
                        "select count(*) from vault.credential where key = '%s'".formatted(Looks.uuid(id))))
                .isEqualTo(1);
    }

    @Test
    void P3_a_key_that_is_disabled_revoked_or_deleted_is_not_handed_out_again() {
        String secret = Credentials.openai();
        String path = "/v1/keys/" + add(Credentials.add("openai", secret)).string("/id");
        assertThat(resolve("").string("/credential/apiKey")).isEqualTo(secret);

        control.post(path + "/disable").expect(200);
        refused("");
        control.post(path + "/enable").expect(200);
        assertThat(resolve("").string("/credential/apiKey")).isEqualTo(secret);
        control.post(path + "/revoke").expect(200);
        refused("");
        control.post(path + "/enable").expect(409, "key-revoked");
        Answer deleted = control.delete(path).expect(204);
        refused("");
        control.post(path + "/enable").expect(409, "key-deleted");

        Answer read = control.since(deleted.position()).get(path).expect(200);
        assertThat(read.string("/status")).isEqualTo("deleted");
        String row = Looks.uuid(path.substring("/v1/keys/".length()));
        assertThat(SharedServer.DATABASE.number(
                        "select count(*) from vault.credential where key = '%s'".formatted(row)))
                .isZero();
        assertThat(SharedServer.DATABASE.number(
                        "select count(*) from vault.credential_key where key = '%s'".formatted(row)))
                .isZero();
    }

    private Answer add(String body) {
        return control.post(Credentials.keysOf(user), body).expect(201);
    }

    private Answer sameOnBothSides(Answer command) {
        Answer read = control.since(command.position())
                .get("/v1/keys/" + command.string("/id"))
                .expect(200);
        for (Map.Entry<String, JsonNode> shown : command.json().properties()) {
            assertThat(read.at("/" + shown.getKey()))
                    .as("%s after %s", shown.getKey(), command.request())
                    .isEqualTo(shown.getValue());
        }
        assertThat(read.json().size()).isEqualTo(command.json().size());
        assertThat(read.etag()).isEqualTo(command.etag());
        return command;
    }

    private Answer resolve(String more) {
        return SharedServer.dataPlane()
                .post("/v1/resolve", Credentials.resolve(user, "openai", more))
                .expect(200);
    }

    private void refused(String more) {
        String body = Credentials.resolve(user, "openai", more);
        SharedServer.dataPlane().post("/v1/resolve", body).expect(404, "no-usable-key");
        control.post("/v1/resolve", body).expect(404, "no-usable-key");
    }
}
