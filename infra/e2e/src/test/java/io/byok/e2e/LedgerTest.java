package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What was used, what it cost, who did what, and that all of it can be told again from history. */
class LedgerTest {

    private final Api control = SharedServer.control();
    private final String user = Credentials.user();
    private final String run = UUID.randomUUID().toString();

    @Test
    void usage_is_counted_once_per_record_and_summed_by_day_and_provider() {
        String openai = add("openai", Credentials.openai());
        String deepgram = add("deepgram", Credentials.deepgram());
        String monday = usage("1", "openai", openai, "2026-03-02", "\"inputTokens\":100,\"outputTokens\":7", "0.10");
        String again = usage("2", "openai", openai, "2026-03-02", "\"inputTokens\":1", "0.20");
        String tuesday = usage("3", "openai", openai, "2026-03-03", "\"inputTokens\":5", "0.000000000003");
        String speech = usage("4", "deepgram", deepgram, "2026-03-02", "\"audioSeconds\":12.5", "1.00");

        Answer first = report(monday, again, monday);
        assertThat(first.at("/accepted").asInt()).isEqualTo(2);
        assertThat(first.at("/duplicates").asInt()).isEqualTo(1);
        Answer second = report(monday, tuesday, speech);
        assertThat(second.at("/accepted").asInt()).isEqualTo(2);
        assertThat(second.at("/duplicates").asInt()).isEqualTo(1);

        Answer sums = control.since(second.position())
                .get("/v1/analytics/usage?from=2026-03-01&to=2026-03-31&groupBy=day,provider&userId="
                        + Api.encoded(user))
                .expect(200);
        assertThat(sums.at("/rows").size()).isEqualTo(3);
        JsonNode day = row(sums, "2026-03-02", "openai");
        assertThat(day.path("requests").asInt()).isEqualTo(2);
        assertThat(day.path("tokens").decimalValue()).isEqualByComparingTo("108");
        assertThat(new BigDecimal(day.at("/cost/0/amount").asString())).isEqualByComparingTo("0.30");
        assertThat(day.at("/cost/0/currency").asString()).isEqualTo("USD");
        assertThat(row(sums, "2026-03-02", "deepgram").at("/units/audioSeconds").decimalValue())
                .isEqualByComparingTo("12.5");
        assertThat(sums.at("/totals/requests").asInt()).isEqualTo(4);
        assertThat(new BigDecimal(sums.string("/totals/cost/0/amount"))).isEqualByComparingTo("1.300000000003");

        Answer one = control.get("/v1/analytics/usage?from=2026-03-01&to=2026-03-31&groupBy=key&keyId=" + deepgram);
        assertThat(one.expect(200).at("/rows/0/requests").asInt()).isEqualTo(1);
    }

    @Test
    void the_audit_trail_tells_every_step_of_a_key_and_every_use() {
        String id = add("openai", Credentials.openai());
        String path = "/v1/keys/" + id;
        Api traced = control.with("X-Request-Id", "trace-" + run);
        traced.patch(path, "{\"alias\":\"x\"}").expect(200);
        control.post(path + "/rotate", Credentials.rotate(Credentials.openai(), "PT0S"))
                .expect(200);
        Answer resolved = SharedServer.dataPlane()
                .post("/v1/resolve", Credentials.resolve(user, "openai"))
                .expect(200);
        control.post(path + "/disable", "{\"reason\":\"left the company\"}").expect(200);
        control.post(path + "/enable").expect(200);
        control.post(path + "/revoke").expect(200);
        Answer last = control.delete(path).expect(204);

        Api reader = control.since(last.position());
        Answer trail = reader.get("/v1/audit/events?keyId=" + id).expect(200);
        assertThat(trail.each("/data", "action"))
                .filteredOn(action -> !action.equals("key-version-retired"))
                .containsExactly(
                        "key-deleted",
                        "key-revoked",
                        "key-enabled",
                        "key-disabled",
                        "key-used",
                        "key-rotated",
                        "key-changed",
                        "key-added");
        assertThat(trail.each("/data", "userId")).containsOnly(user);
        assertThat(trail.each("/data", "outcome")).containsOnly("ok");
        Answer disabled = reader.get("/v1/audit/events?action=key-disabled&keyId=" + id);
        assertThat(disabled.string("/data/0/reason")).isEqualTo("left the company");
        Answer changed = reader.get("/v1/audit/events?action=key-changed&keyId=" + id);
        assertThat(changed.string("/data/0/requestId")).isEqualTo("trace-" + run);
        Answer used = reader.get("/v1/audit/events?action=key-used&userId=" + Api.encoded(user));
        assertThat(used.string("/data/0/details/useId")).isEqualTo(resolved.string("/useId"));
        String actor = used.string("/data/0/actor");
        assertThat(reader.get("/v1/audit/events?actor=" + actor + "&keyId=" + id)
                        .at("/data")
                        .size())
                .isEqualTo(trail.at("/data").size() - retired(trail));
        assertThat(reader.get("/v1/audit/events?from=2030-01-01&keyId=" + id)
                        .at("/data")
                        .size())
                .isZero();
    }

    @Test
    void P5_a_replay_finds_the_read_models_equal_and_a_rebuild_leaves_them_so() {
        String id = add("openai", Credentials.openai());
        Answer reported = report(usage("5", "openai", id, "2026-03-02", "\"inputTokens\":1", "0.01"));
        Answer verified = Replays.run(control, "all", "verify");
        assertThat(verified.at("/equal").asBoolean()).as(verified.text()).isTrue();
        Answer before = control.since(reported.position()).get("/v1/keys/" + id).expect(200);
        Answer rebuilt = Replays.run(control, "all", "rebuild");
        assertThat(rebuilt.at("/equal").asBoolean()).as(rebuilt.text()).isTrue();
        assertThat(control.get("/v1/keys/" + id).expect(200).json()).isEqualTo(before.json());
        Answer again = Replays.run(control, "all", "verify");
        assertThat(again.at("/equal").asBoolean()).as(again.text()).isTrue();
    }

    @Test
    void P5_a_read_model_that_somebody_touched_is_found_and_mended_by_a_rebuild() {
        String id = add("openai", Credentials.openai());
        Answer reported = report(usage("6", "openai", id, "2026-03-02", "\"inputTokens\":1", "0.01"));
        control.since(reported.position()).get("/v1/keys/" + id).expect(200);
        SharedServer.DATABASE.change("update view.key_view set hint = 'forged' where key = '" + Looks.uuid(id) + "'");
        Answer verdict = Replays.run(control, "keys", "verify");
        assertThat(verdict.at("/equal").asBoolean()).isFalse();
        assertThat(verdict.each("/differences", "kind")).containsExactly("different");
        Replays.run(control, "keys", "rebuild");
        assertThat(control.get("/v1/keys/" + id).string("/hint")).isNotEqualTo("forged");
        assertThat(Replays.run(control, "keys", "verify").at("/equal").asBoolean())
                .isTrue();
    }

    private String add(String provider, String secret) {
        return control.post(Credentials.keysOf(user), Credentials.add(provider, secret))
                .expect(201)
                .string("/id");
    }

    private String usage(String id, String provider, String key, String day, String units, String cost) {
        return Credentials.usage(
                run + "-" + id,
                user,
                provider,
                key,
                "\"occurredAt\":\"%sT12:00:00Z\",\"units\":{%s},\"cost\":{\"amount\":\"%s\",\"currency\":\"USD\"}"
                        .formatted(day, units, cost));
    }

    private Answer report(String... records) {
        return control.post("/v1/usage", "{\"records\":[" + String.join(",", records) + "]}")
                .expect(202);
    }

    private static JsonNode row(Answer sums, String day, String provider) {
        for (JsonNode row : sums.at("/rows")) {
            if (row.path("day").asString().equals(day)
                    && row.path("provider").asString().equals(provider)) {
                return row;
            }
        }
        throw new AssertionError("no row for " + day + " " + provider + ": " + sums.text());
    }

    private static int retired(Answer trail) {
        return (int) trail.each("/data", "action").stream()
                .filter("key-version-retired"::equals)
                .count();
    }
}
