package io.byok.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.byok.platform.web.Scopes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every operation with every scope: exactly the documented ones get through. */
class TokenMatrixTest {

    /** Read by nobody: what is not allowed is refused before a body is looked at. */
    private static final byte[] NONSENSE = "{\"neither\":\"here nor there\"}".getBytes(UTF_8);

    private final List<Operation> operations = Operation.of(
            SharedServer.SERVER.anonymous().get("/openapi.json").expect(200).json());

    @Test
    void exactly_the_documented_scopes_open_an_operation() {
        Map<String, Api> callers = new LinkedHashMap<>();
        for (String scope : Scopes.ALL) {
            String made = SharedServer.control()
                    .post("/v1/api-tokens", "{\"name\":\"only " + scope + "\",\"scopes\":[\"" + scope + "\"]}")
                    .expect(201)
                    .string("/token");
            callers.put(scope, SharedServer.SERVER.anonymous().token(made));
        }
        Map<String, String> wrong = new LinkedHashMap<>();
        for (Operation operation : operations) {
            if (operation.scopes().isEmpty()) {
                continue;
            }
            assertThat(Scopes.ALL).as("%s", operation).containsAll(operation.scopes());
            callers.forEach((scope, caller) -> {
                Answer answer = caller.send(
                        operation.method(),
                        operation.with(parameter -> "nowhere"),
                        operation.body() == null ? null : NONSENSE,
                        operation.body() == null ? null : "application/json");
                boolean refused = answer.status() == 403 && answer.text().contains("scope-missing");
                if (refused == operation.scopes().contains(scope) || answer.status() == 401) {
                    wrong.put(operation + " with " + scope, answer.status() + " " + answer.text());
                }
            });
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void every_scope_opens_something() {
        TreeSet<String> used = new TreeSet<>();
        operations.forEach(operation -> used.addAll(operation.scopes()));
        assertThat(used).containsAll(Scopes.ALL);
    }
}
