package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The description that is served, the one that is committed, and what is really there. */
class OpenApiTest {

    private static final Path COMMITTED = ServerJvm.ROOT.resolve("docs/openapi.yaml");
    private static final Set<String> PUBLIC = Set.of("GET /livez", "GET /readyz", "GET /v1/erasures/signing-key");

    private final Api anyone = SharedServer.SERVER.anonymous();

    @Test
    void the_committed_description_is_what_the_server_serves() throws IOException {
        byte[] served = anyone.get("/openapi.yaml").expect(200).body();
        if (Boolean.getBoolean("byok.rewrite")) {
            Files.write(COMMITTED, served);
        }
        assertThat(new String(served, StandardCharsets.UTF_8))
                .as("run this test with -Dbyok.rewrite=true and look at the difference")
                .isEqualTo(Files.readString(COMMITTED));
    }

    @Test
    void every_operation_but_the_public_ones_asks_for_a_token() {
        for (String operation : operations()) {
            String method = operation.substring(0, operation.indexOf(' '));
            String path = operation.substring(operation.indexOf(' ') + 1).replaceAll("\\{[^}]+}", "x");
            Answer answer = anyone.send(method, path, null, null);
            if (PUBLIC.contains(operation)) {
                answer.expect(200);
            } else {
                answer.expect(401, "token-missing");
            }
        }
    }

    @Test
    void what_is_described_is_what_is_there() {
        Set<String> mapped = mapped();
        assertThat(mapped).isNotEmpty();
        assertThat(operations()).isEqualTo(mapped);
    }

    /** From the framework's own table, which only this server shows, on its management port. */
    private static Set<String> mapped() {
        Set<String> mapped = new TreeSet<>();
        Answer table =
                SharedServer.SERVER.management().get("/actuator/mappings").expect(200);
        for (JsonNode servlet : table.at("/contexts/byok/mappings/dispatcherServlets/dispatcherServlet")) {
            JsonNode conditions = servlet.at("/details/requestMappingConditions");
            for (JsonNode pattern : conditions.path("patterns")) {
                for (JsonNode method : conditions.path("methods")) {
                    mapped.add(method.asString() + " " + pattern.asString());
                }
            }
        }
        // The framework's address for the description is closed, and the description does not describe itself.
        mapped.removeIf(route -> route.contains("/v3/api-docs") || route.contains("/openapi."));
        return mapped;
    }

    private Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        JsonNode paths = anyone.get("/openapi.json").expect(200).at("/paths");
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            path.getValue().propertyNames().stream()
                    .filter(name -> !name.equals("parameters"))
                    .forEach(method -> operations.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey()));
        }
        assertThat(operations).isNotEmpty();
        return operations;
    }
}
