package io.byok.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * P8, made from the description: every operation, with every id of another tenant in every place, by every verb. The ids
 * do not exist, nothing of the other tenant is shown, and nothing of it changes.
 */
class TenantMatrixTest {

    private static final Set<String> OUR_LOOKING = Set.of("audit-read", "replay-started", "replay-ended");
    private static final List<String> VERBS = List.of("GET", "PUT", "POST", "PATCH", "DELETE");
    /** Values that belong to nobody: the same words mean another thing to each tenant. */
    private static final Map<String, String> EVERYBODYS = Map.of("provider", "openai", "level", "0", "index", "0");

    private final Api operator = SharedServer.control();
    private final Api ours = tenant();
    private final Api theirs = tenant();
    private final String user = "user-" + UUID.randomUUID();
    private final String marker = "marker-" + UUID.randomUUID();

    private Api tenant() {
        return SharedServer.SERVER
                .anonymous()
                .token(operator.post("/v1/tenants", "{\"name\":\"m-" + UUID.randomUUID() + "\"}")
                        .expect(201)
                        .string("/token"));
    }

    @Test
    void P8_nothing_of_a_tenant_exists_for_another() {
        JsonNode description =
                SharedServer.SERVER.anonymous().get("/openapi.json").expect(200).json();
        List<Operation> operations = Operation.of(description);
        Sample sample = new Sample(description);
        Set<String> ids = everyIdOfOurs();
        String before = everythingWeSee();

        List<String> complaints = new ArrayList<>();
        for (Operation operation : operations) {
            List<String> ourIds = operation.parameters().stream()
                    .filter(name -> !EVERYBODYS.containsKey(name) && !name.equals("userId"))
                    .toList();
            for (String id : operation.parameters().isEmpty() ? Set.of("") : ids) {
                for (String verb : operation.parameters().isEmpty() ? List.of(operation.method()) : VERBS) {
                    boolean described = verb.equals(operation.method());
                    Answer answer = theirs.send(
                            verb,
                            operation.with(name -> EVERYBODYS.getOrDefault(name, id)),
                            body(operation, described, sample),
                            "application/json");
                    String what = answer.request() + " answered " + answer.status() + " " + answer.text();
                    // What only the operator may do is refused before anything is looked for.
                    boolean operators = answer.text().contains("the scope tenants:write is missing");
                    if (described && !ourIds.isEmpty() && answer.status() != 404 && !operators) {
                        complaints.add(what);
                    }
                    if (answer.text().contains(marker)) {
                        complaints.add("it is shown: " + what);
                    }
                }
            }
        }
        assertThat(complaints).isEmpty();
        assertThat(everythingWeSee()).isEqualTo(before);
    }

    private static byte[] body(Operation operation, boolean described, Sample sample) {
        JsonNode schema = operation.body();
        return described && schema != null ? sample.of(schema).toString().getBytes(UTF_8) : new byte[0];
    }

    private Set<String> everyIdOfOurs() {
        String key = ours.post("/v1/users/" + user + "/keys", """
                        {"provider":"openai","alias":"%s","validate":"never","credential":{"apiKey":"%s"}}
                        """.formatted(marker, Credentials.openai()))
                .expect(201)
                .string("/id");
        String token = ours.post("/v1/api-tokens", "{\"name\":\"" + marker + "\",\"scopes\":[\"keys:read\"]}")
                .expect(201)
                .string("/id");
        String replay = Replays.run(ours, "keys", "verify").string("/id");
        return Set.of(key, token, replay, user);
    }

    /** What we can see, but for when it was seen. */
    private String everythingWeSee() {
        Api reader = ours.since(SharedServer.DATABASE.lastPosition());
        StringBuilder seen = new StringBuilder();
        for (String path : List.of("/v1/keys", "/v1/users/" + user + "/keys", "/v1/api-tokens", "/v1/replays")) {
            seen.append(reader.get(path).expect(200).text()).append('\n');
        }
        for (JsonNode fact :
                reader.get("/v1/audit/events?limit=100").expect(200).at("/data")) {
            // What we looked at and replayed ourselves is noted a moment later.
            if (!OUR_LOOKING.contains(fact.path("action").asString())) {
                seen.append(fact).append('\n');
            }
        }
        assertThat(seen).contains(marker);
        return seen.toString();
    }
}
