package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Chains, system keys, circuits: what serves when a key fails, over HTTP. */
class FallbackTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final Api control = SharedServer.control();
    private final Api dataPlane = SharedServer.dataPlane();
    private final String user = Credentials.user();
    private final String chainPath = "/v1/users/" + Api.encoded(user) + "/chains/openai";

    @Test
    void a_chain_is_set_shown_changed_and_removed() {
        String first = add("");
        Answer set = control.put(chainPath, chain(List.of(first), "on-transient", "\"rate-limited\""))
                .expect(200);
        assertThat(set.header("ETag")).isEqualTo("\"0\"");
        Answer shown = seen(set, chainPath);
        assertThat(shown.json()).isEqualTo(set.json());
        Answer again = control.put(chainPath, chain(List.of(first), "on-transient", "\"rate-limited\""))
                .expect(200);
        assertThat(again.header("ETag")).as("saying it again does nothing").contains("\"0\"");

        control.with("If-Match", "\"7\"")
                .put(chainPath, chain(List.of(), "never", ""))
                .expect(412, "version-stale");
        Answer changed = control.with("If-Match", "\"0\"")
                .put(chainPath, chain(List.of(), "never", ""))
                .expect(200);
        assertThat(changed.header("ETag")).isEqualTo("\"1\"");
        Answer removed = control.delete(chainPath).expect(204);
        control.since(removed.position()).get(chainPath).expect(404, "chain-not-found");
        control.delete(chainPath).expect(404, "chain-not-found");
        control.put(chainPath, chain(List.of("key_01jzc8q3v5e9rb2m4n6p8s0t1w"), "never", ""))
                .expect(422, "field-invalid");
        control.put("/v1/users/x/chains/nobody", chain(List.of(), "never", "")).expect(404, "provider-unknown");
    }

    @Test
    void P9_a_system_key_serves_only_as_the_chain_says_and_every_answer_and_record_say_so() {
        Tenant tenant = tenant();
        String own = tenant.add(user);
        String system = tenant.control
                .post("/v1/system-keys", Credentials.add("openai", Credentials.openai()))
                .expect(201)
                .string("/id");
        String failed = ",\"exclude\":[\"" + own + "\"],\"because\":";
        tenant.resolve(failed + "\"rate-limited\"").expect(404, "no-usable-key");

        Answer byDefault = tenant.control
                .put("/v1/chains/openai", chain(List.of(), "on-transient", "\"rate-limited\""))
                .expect(200);
        assertThat(tenant.seen(byDefault, "/v1/chains/openai").string("/system"))
                .isEqualTo("on-transient");
        Answer served = tenant.resolve(failed + "\"rate-limited\"").expect(200);
        assertThat(served.string("/source")).isEqualTo("system");
        assertThat(served.string("/keyId")).isEqualTo(system);
        tenant.resolve(failed + "\"invalid\"").expect(404, "no-usable-key");
        assertThat(tenant.resolve("").expect(200).string("/source")).isEqualTo("user");

        long position = served.position();
        Answer trail = tenant.control
                .since(position)
                .get("/v1/audit/events?action=key-used&keyId=" + system)
                .expect(200);
        assertThat(trail.string("/data/0/details/source")).isEqualTo("system");
        assertThat(trail.string("/data/0/userId")).isEqualTo(user);
        Answer listed = tenant.control.get("/v1/system-keys").expect(200);
        assertThat(listed.string("/data/0/id")).isEqualTo(system);
        assertThat(listed.at("/data").size()).isEqualTo(1);

        tenant.control.post("/v1/keys/" + system + "/disable").expect(200);
        tenant.resolve(failed + "\"rate-limited\"").expect(503, "keys-resting");
    }

    @Test
    void a_user_without_a_key_is_served_by_the_platform_where_it_always_is() {
        Tenant tenant = tenant();
        tenant.control
                .post("/v1/system-keys", Credentials.add("openai", Credentials.openai()))
                .expect(201);
        tenant.resolve("").expect(404, "no-usable-key");
        tenant.control.put("/v1/chains/openai", chain(List.of(), "always", "")).expect(200);
        assertThat(tenant.resolve("").expect(200).string("/source")).isEqualTo("system");
    }

    @Test
    void a_reported_outcome_lets_the_next_key_serve_and_later_says_when_to_ask_again() {
        String first = add("\"priority\":1,");
        String second = add("\"priority\":2,");
        control.put(chainPath, chain(List.of(first, second), "never", "\"rate-limited\",\"invalid\""))
                .expect(200);
        assertThat(resolved("").string("/keyId")).isEqualTo(first);
        dataPlane
                .post("/v1/keys/" + first + "/outcome", "{\"outcome\":\"rate-limited\",\"retryAfterMs\":60000}")
                .expect(204);
        Answer next = resolved("");
        assertThat(next.string("/keyId")).isEqualTo(second);
        assertThat(next.string("/source")).isEqualTo("fallback");
        assertThat(because(next, first)).isEqualTo("circuit-open");
        control.post("/v1/keys/" + second + "/outcome", "{\"version\":1,\"outcome\":\"invalid\",\"status\":401}")
                .expect(204);
        Answer resting = dataPlane
                .post("/v1/resolve", Credentials.resolve(user, "openai"))
                .expect(503, "keys-resting");
        assertThat(Long.parseLong(resting.header("Retry-After"))).isBetween(1L, 60L);
        dataPlane
                .post("/v1/keys/" + second + "/outcome", "{\"outcome\":\"broken\"}")
                .expect(422);
        tenant().dataPlane
                .post("/v1/keys/" + first + "/outcome", "{\"outcome\":\"success\"}")
                .expect(404, "key-not-found");
    }

    @Test
    void the_retry_delay_of_the_chain_is_told_with_the_key_that_stands_in() {
        String first = add("");
        String second = add("");
        control.put(
                        chainPath,
                        "{\"keys\":[\"%s\",\"%s\"],\"on\":[\"timeout\"],\"maxRetries\":1,\"retryDelayMs\":250}"
                                .formatted(first, second))
                .expect(200);
        String failed = ",\"exclude\":[\"" + first + "\"],\"because\":\"timeout\"";
        assertThat(resolved(failed).at("/retryAfterMs").asInt()).isEqualTo(250);
        dataPlane
                .post("/v1/resolve", Credentials.resolve(user, "openai", failed + ",\"tries\":2"))
                .expect(404, "no-usable-key");
    }

    @Test
    void a_key_serves_only_the_models_it_is_for() {
        String id = add("\"models\":[\"gpt-4o*\"],");
        assertThat(resolved(",\"model\":\"gpt-4o-mini\"").string("/keyId")).isEqualTo(id);
        dataPlane
                .post("/v1/resolve", Credentials.resolve(user, "openai", ",\"model\":\"o3\""))
                .expect(404, "no-usable-key");
        Answer changed = control.patch("/v1/keys/" + id, "{\"models\":null}").expect(200);
        assertThat(resolved(",\"model\":\"o3\"").string("/keyId")).isEqualTo(id);
        assertThat(seen(changed, "/v1/keys/" + id).at("/models").size()).isZero();
    }

    @Test
    void a_suspended_tenant_gets_nothing_until_it_is_resumed() {
        Tenant tenant = tenant();
        tenant.add(user);
        tenant.resolve("").expect(200);
        control.post("/v1/tenants/" + tenant.id + "/suspend", "{\"reason\":\"unpaid\"}")
                .expect(200);
        tenant.resolve("").expect(403, "tenant-suspended");
        tenant.control
                .post("/v1/system-keys", Credentials.add("openai", Credentials.openai()))
                .expect(403, "tenant-suspended");
        Eventually.get(SOON, () -> tenant.control.get("/v1/keys"), answer -> answer.status() == 403);
        control.post("/v1/tenants/" + tenant.id + "/resume").expect(200);
        Eventually.get(SOON, () -> tenant.resolve(""), answer -> answer.status() == 200);
        control.post("/v1/tenants/ten_01jzc8q3v5e9rb2m4n6p8s0t1w/suspend").expect(404, "tenant-not-found");
        tenant.control.post("/v1/tenants/" + tenant.id + "/suspend").expect(403, "scope-missing");
    }

    private record Tenant(String id, Api control, Api dataPlane, String user) {
        String add(String of) {
            return control.post(Credentials.keysOf(of), Credentials.add("openai", Credentials.openai()))
                    .expect(201)
                    .string("/id");
        }

        Answer resolve(String more) {
            return dataPlane.post("/v1/resolve", Credentials.resolve(user, "openai", more));
        }

        Answer seen(Answer command, String path) {
            return control.since(command.position()).get(path).expect(200);
        }
    }

    private Tenant tenant() {
        Answer made = control.post(
                        "/v1/tenants", "{\"name\":\"fallback-" + Credentials.random("abcdef0123456789", 12) + "\"}")
                .expect(201);
        String token = made.string("/token");
        return new Tenant(made.string("/id"), control.token(token), dataPlane.token(token), user);
    }

    private String add(String more) {
        return control.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai(), more))
                .expect(201)
                .string("/id");
    }

    private Answer resolved(String more) {
        return dataPlane
                .post("/v1/resolve", Credentials.resolve(user, "openai", more))
                .expect(200);
    }

    private Answer seen(Answer command, String path) {
        return control.since(command.position()).get(path).expect(200);
    }

    private static String chain(List<String> keys, String system, String on) {
        return "{\"keys\":[%s],\"system\":\"%s\",\"on\":[%s]}"
                .formatted(keys.isEmpty() ? "" : "\"" + String.join("\",\"", keys) + "\"", system, on);
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
