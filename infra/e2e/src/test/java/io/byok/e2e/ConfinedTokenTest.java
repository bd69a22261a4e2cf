package io.byok.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.byok.platform.web.Scopes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** A token that is confined to one user, to one provider, or to one network. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConfinedTokenTest {

    /** Operations that look at what they touch; all others are closed to confined tokens. */
    private static final Set<String> OPEN = Set.of(
            "POST /v1/users/{userId}/keys",
            "POST /v1/users/{userId}/keys/validate",
            "GET /v1/users/{userId}/keys",
            "GET /v1/keys",
            "GET /v1/system-keys",
            "GET /v1/keys/{keyId}",
            "GET /v1/keys/{keyId}/validations",
            "PATCH /v1/keys/{keyId}",
            "DELETE /v1/keys/{keyId}",
            "POST /v1/keys/{keyId}/rotate",
            "POST /v1/keys/{keyId}/disable",
            "POST /v1/keys/{keyId}/enable",
            "POST /v1/keys/{keyId}/revoke",
            "POST /v1/keys/{keyId}/validate",
            "POST /v1/keys/{keyId}/outcome",
            "POST /v1/resolve",
            "POST /v1/widget-tokens",
            "POST /v1/usage",
            "GET /v1/analytics/usage",
            "GET /v1/providers",
            "POST /v1/providers/detect",
            "GET /v1/providers/{provider}");

    private final Api ours = SharedServer.control();
    private final String mine = Credentials.user();
    private final String other = Credentials.user();
    private final String secret = Credentials.openai();
    private final String otherSecret = Credentials.openai();
    private String myKey = "";
    private String otherKey = "";

    @BeforeAll
    void two_users() {
        myKey = add(mine, "openai", secret);
        otherKey = add(other, "openai", otherSecret);
    }

    private String add(String user, String provider, String credential) {
        return ours.post(Credentials.keysOf(user), Credentials.add(provider, credential))
                .expect(201)
                .string("/id");
    }

    private String token(String restrictedTo) {
        List<String> scopes =
                Scopes.ALL.stream().map(scope -> '"' + scope + '"').toList();
        return ours.post(
                        "/v1/api-tokens",
                        "{\"name\":\"confined\",\"scopes\":[" + String.join(",", scopes) + "],\"restrictedTo\":{"
                                + restrictedTo + "}}")
                .expect(201)
                .string("/token");
    }

    private Api confined(String restrictedTo) {
        return SharedServer.SERVER.anonymous().token(token(restrictedTo)).since(SharedServer.DATABASE.lastPosition());
    }

    private Api ofUser(String user) {
        return confined("\"users\":[\"" + user + "\"]");
    }

    @Test
    void a_token_of_one_user_gets_that_users_secret_and_no_other_on_both_planes() {
        String token = token("\"users\":[\"" + mine + "\"]");
        for (Api plane :
                List.of(SharedServer.SERVER.anonymous().token(token), SharedServer.SERVER.dataPlaneAs(token))) {
            for (int again = 0; again < 3; again++) { // the second time from what is remembered
                assertThat(plane.post("/v1/resolve", Credentials.resolve(mine, "openai"))
                                .expect(200)
                                .string("/credential/apiKey"))
                        .isEqualTo(secret);
                ours.post("/v1/resolve", Credentials.resolve(other, "openai")).expect(200);
                Answer refused = plane.post("/v1/resolve", Credentials.resolve(other, "openai"));
                assertThat(refused.expect(403, "token-confined").text()).doesNotContain(otherSecret);
            }
            plane.post("/v1/resolve?dryRun=true", Credentials.resolve(other, "openai"))
                    .expect(403, "token-confined");
            plane.post("/v1/resolve", Credentials.resolve("nobody-" + mine, "openai"))
                    .expect(403, "token-confined");
            plane.post("/v1/keys/" + otherKey + "/outcome", "{\"outcome\":\"invalid\"}")
                    .expect(404, "key-not-found");
        }
    }

    @Test
    void a_token_of_one_provider_gets_secrets_of_that_provider_only() {
        add(mine, "anthropic", Credentials.anthropic());
        String token = token("\"providers\":[\"anthropic\"]");
        for (Api plane :
                List.of(SharedServer.SERVER.anonymous().token(token), SharedServer.SERVER.dataPlaneAs(token))) {
            plane.post("/v1/resolve", Credentials.resolve(mine, "anthropic")).expect(200);
            plane.post("/v1/resolve", Credentials.resolve(mine, "openai")).expect(403, "token-confined");
        }
        Api caller = confined("\"providers\":[\"anthropic\"]");
        assertThat(caller.get("/v1/keys?limit=100").expect(200).each("/data", "provider"))
                .containsOnly("anthropic");
        caller.get("/v1/keys/" + myKey).expect(404, "key-not-found");
        caller.post(Credentials.keysOf(mine), Credentials.add("openai", Credentials.openai()))
                .expect(403, "token-confined");
    }

    @Test
    void a_token_of_another_network_opens_nothing_on_either_plane() {
        String elsewhere = token("\"networks\":[\"203.0.113.0/24\",\"2001:db8::/32\"]");
        String here = token("\"networks\":[\"127.0.0.0/8\",\"::1\"]");
        for (Api plane :
                List.of(SharedServer.SERVER.anonymous().token(elsewhere), SharedServer.SERVER.dataPlaneAs(elsewhere))) {
            plane.post("/v1/resolve", Credentials.resolve(mine, "openai")).expect(403, "network-refused");
            // What a caller says of itself is not believed.
            plane.with("X-Forwarded-For", "203.0.113.7", "Forwarded", "for=203.0.113.7")
                    .post("/v1/resolve", Credentials.resolve(mine, "openai"))
                    .expect(403, "network-refused");
        }
        SharedServer.SERVER.anonymous().token(elsewhere).get("/v1/keys").expect(403, "network-refused");
        SharedServer.SERVER.anonymous().token(here).get("/v1/keys").expect(200);
        SharedServer.SERVER
                .dataPlaneAs(here)
                .post("/v1/resolve", Credentials.resolve(mine, "openai"))
                .expect(200);
    }

    @Test
    void a_token_of_one_network_makes_no_token_of_a_wider_one() {
        Api caller = SharedServer.SERVER.anonymous().token(token("\"networks\":[\"127.0.0.0/8\"]"));
        String body = "{\"name\":\"n\",\"scopes\":[\"keys:read\"]%s}";
        assertThat(caller.post("/v1/api-tokens", body.formatted(""))
                        .expect(201)
                        .at("/restrictedTo/networks")
                        .toString())
                .isEqualTo("[\"127.0.0.0/8\"]");
        caller.post("/v1/api-tokens", body.formatted(",\"restrictedTo\":{\"networks\":[\"127.0.0.1\"]}"))
                .expect(201);
        caller.post("/v1/api-tokens", body.formatted(",\"restrictedTo\":{\"networks\":[\"0.0.0.0/0\"]}"))
                .expect(422, "reach-not-yours");
        String wide =
                ours.post("/v1/api-tokens", body.formatted("")).expect(201).string("/id");
        caller.post("/v1/api-tokens/" + wide + "/rotate", "{}").expect(422, "reach-not-yours");
    }

    @Test
    void of_all_operations_a_confined_token_reaches_those_that_look_at_what_they_touch_and_nothing_of_others() {
        Api caller = ofUser(mine);
        long before = SharedServer.DATABASE.lastPosition();
        Map<String, String> wrong = new TreeMap<>();
        List<Operation> operations = Operation.of(
                SharedServer.SERVER.anonymous().get("/openapi.json").expect(200).json());
        for (Operation operation : operations) {
            if (operation.scopes().isEmpty()) {
                continue;
            }
            Answer answer = caller.send(
                    operation.method(),
                    operation.with(parameter -> switch (parameter) {
                        case "userId" -> other;
                        case "keyId" -> otherKey;
                        case "provider" -> "openai";
                        default -> "nowhere";
                    }),
                    operation.body() == null ? null : body(operation).getBytes(UTF_8),
                    operation.body() == null ? null : "application/json");
            boolean closed = answer.status() == 403 && answer.text().contains("token-confined");
            boolean notThere = answer.status() == 404 && answer.text().contains("key-not-found");
            boolean shows = answer.text().contains(otherKey) || answer.text().contains(other);
            boolean fine = OPEN.contains(operation.toString())
                    ? closed
                            || notThere
                            || operation.path().equals("/v1/providers/detect")
                            || operation.method().equals("GET") && answer.status() == 200 && !shows
                    : closed;
            if (!fine) {
                wrong.put(operation.toString(), answer.status() + " " + answer.text());
            }
        }
        assertThat(wrong).isEmpty();
        // Nothing happened but that the attempts were noted, and reads by whomever.
        JsonNode facts = ours.since(SharedServer.DATABASE.lastPosition())
                .get("/v1/audit/events?limit=100")
                .expect(200)
                .at("/data");
        for (JsonNode fact : facts) {
            if (fact.path("position").asLong() > before) {
                assertThat(fact.path("action").asString("")).isIn("access-denied", "command-refused", "audit-read");
            }
        }
        assertThat(operations.stream().map(Operation::toString).collect(Collectors.toSet()))
                .containsAll(OPEN);
    }

    private String body(Operation operation) {
        return switch (operation.path()) {
            case "/v1/users/{userId}/keys" -> Credentials.add("openai", Credentials.openai());
            case "/v1/resolve" -> Credentials.resolve(other, "openai");
            case "/v1/keys/{keyId}/rotate" -> Credentials.rotate(Credentials.openai(), "PT0S");
            case "/v1/keys/{keyId}/outcome" -> "{\"outcome\":\"success\"}";
            case "/v1/usage" ->
                "{\"records\":["
                        + Credentials.usage(
                                "c-" + other, other, "openai", myKey, "\"occurredAt\":\"2026-03-02T00:00:00Z\"")
                        + "]}";
            case "/v1/widget-tokens" -> "{\"userId\":\"" + other + "\",\"scopes\":[\"keys:read\"]}";
            default -> "{}";
        };
    }

    @Test
    void lists_and_sums_show_a_confined_token_its_own_users_only() {
        Api caller = ofUser(mine);
        assertThat(caller.get("/v1/keys?limit=100").expect(200).each("/data", "userId"))
                .containsOnly(mine);
        caller.get("/v1/keys/" + myKey).expect(200);
        assertThat(caller.get(Credentials.keysOf(other)).expect(200).at("/data").size())
                .isZero();
    }

    @Test
    void a_restriction_that_means_nothing_is_refused() {
        for (String bad : List.of(
                "\"users\":[]",
                "\"networks\":[]",
                "\"networks\":[\"localhost\"]",
                "\"networks\":[\"10.0.0.1/8\"]",
                "\"providers\":[\"Open AI\"]",
                "\"users\":[\"\"]")) {
            ours.post("/v1/api-tokens", "{\"name\":\"n\",\"scopes\":[\"keys:read\"],\"restrictedTo\":{" + bad + "}}")
                    .expect(422, "field-invalid");
        }
    }
}
