package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is served on each of the three ports, and to whom: deny by default, and nothing that is not written down. */
class RoutesTest {

    /** Served to anybody, and on docs/access.md. */
    private static final Set<String> PUBLIC =
            Set.of("/livez", "/readyz", "/openapi.json", "/openapi.yaml", "/v1/erasures/signing-key");

    private static final Set<String> DATA_PLANE =
            Set.of("POST /v1/resolve", "POST /v1/keys/{keyId}/outcome", "GET /livez", "GET /readyz");

    /** What is mapped and not described: the description itself, and two of the frameworks' that nobody reaches. */
    private static final Set<String> NOT_DESCRIBED =
            Set.of("GET /openapi.json", "GET /openapi.yaml", "GET /v3/api-docs", "GET /v3/api-docs.yaml", "* /error");

    private static final Set<String> MANAGEMENT = Set.of(
            "/actuator",
            "/actuator/health",
            "/actuator/health/{*path}",
            "/actuator/info",
            "/actuator/metrics",
            "/actuator/metrics/{requiredMetricName}",
            "/actuator/prometheus",
            "/actuator/sbom",
            "/actuator/sbom/{id}");

    private static final List<String> VERBS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND");

    private static final List<String> OF_FRAMEWORKS = List.of(
            "/",
            "/error",
            "/index.html",
            "/favicon.ico",
            "/static/x",
            "/webjars/x",
            "/login",
            "/logout",
            "/oauth2/authorization/x",
            "/.well-known/openid-configuration",
            "/v3/api-docs",
            "/v3/api-docs.yaml",
            "/v3/api-docs/swagger-config",
            "/swagger-ui.html",
            "/swagger-ui/index.html",
            "/actuator",
            "/actuator/health",
            "/actuator/env",
            "/actuator/heapdump",
            "/v1",
            "/v1/",
            "/v1/nothing",
            "/livez/",
            "/livez/x",
            "/LIVEZ");

    private final Server server = SharedServer.SERVER;
    private final List<Operation> operations =
            Operation.of(server.anonymous().get("/openapi.json").expect(200).json());

    private static String path(Operation operation) {
        return operation.with(parameter -> "nowhere");
    }

    @Test
    void every_route_of_the_control_plane_is_described_and_every_operation_is_a_route() {
        Set<String> mapped = mapped(server.management());
        Set<String> described = operations.stream().map(Operation::toString).collect(Collectors.toSet());
        assertThat(described).hasSizeGreaterThan(40);
        Set<String> more = new TreeSet<>(mapped);
        more.removeAll(described);
        assertThat(more).isEqualTo(new TreeSet<>(NOT_DESCRIBED));
        assertThat(mapped).containsAll(described);
    }

    /** From the framework's own table, which only this server shows. A route without a method is one for all of them. */
    private static Set<String> mapped(Api management) {
        Set<String> mapped = new TreeSet<>();
        JsonNode servlets = management.get("/actuator/mappings").expect(200).at("/contexts/byok/mappings");
        assertThat(servlets.path("dispatcherServlets").propertyNames()).containsExactly("dispatcherServlet");
        for (JsonNode route : servlets.at("/dispatcherServlets/dispatcherServlet")) {
            JsonNode conditions = route.at("/details/requestMappingConditions");
            if (conditions.isMissingNode() || conditions.path("patterns").isEmpty()) {
                mapped.add("? " + route.path("predicate").asString());
            }
            for (JsonNode pattern : conditions.path("patterns")) {
                if (conditions.path("methods").isEmpty()) {
                    mapped.add("* " + pattern.asString());
                }
                for (JsonNode method : conditions.path("methods")) {
                    mapped.add(method.asString() + " " + pattern.asString());
                }
            }
        }
        return mapped;
    }

    @Test
    void without_a_token_the_control_plane_answers_what_is_public_and_nothing_else_by_any_verb() {
        Api anyone = server.anonymous();
        Set<String> paths = operations.stream().map(RoutesTest::path).collect(Collectors.toCollection(TreeSet::new));
        paths.addAll(OF_FRAMEWORKS);
        paths.addAll(PUBLIC);
        Map<String, Integer> wrong = new TreeMap<>();
        for (String path : paths) {
            for (String verb : VERBS) {
                int status = anyone.send(verb, path, null, null).status();
                boolean reads = verb.equals("GET") || verb.equals("HEAD");
                boolean right = !PUBLIC.contains(path)
                        ? status == 401
                        : reads ? status == 200 : verb.equals("OPTIONS") || status == 405;
                if (!right) {
                    wrong.put(verb + " " + path, status);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void what_frameworks_bring_along_does_not_exist_for_anybody() {
        for (String path : OF_FRAMEWORKS) {
            server.control().get(path).expect(404, "path-unknown");
        }
    }

    @Test
    void the_data_plane_serves_four_operations_and_without_a_token_only_health() {
        Api operator = server.dataPlane();
        Api anyone = operator.anonymous();
        Map<String, Integer> wrong = new TreeMap<>();
        for (Operation operation : operations) {
            boolean health = PUBLIC.contains(operation.path()) && DATA_PLANE.contains(operation.toString());
            Answer stranger = anyone.send(operation.method(), path(operation), null, null);
            if (stranger.status() != (health ? 200 : 401)) {
                wrong.put("a stranger's " + operation, stranger.status());
            }
            Answer known = operator.send(operation.method(), path(operation), null, null);
            boolean unknown = known.status() == 404 && known.text().contains("path-unknown");
            boolean verb = known.status() == 405;
            if (DATA_PLANE.contains(operation.toString()) == (unknown || verb)) {
                wrong.put(operation.toString(), known.status());
            }
        }
        for (String path : OF_FRAMEWORKS) {
            anyone.get(path).expect(401, "token-missing");
            operator.get(path).expect(404, "path-unknown");
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void the_management_port_shows_figures_and_nothing_else_and_to_this_machine_only() throws IOException {
        Server deployed = FrontedServer.SERVER;
        Api management = deployed.management();
        Set<String> shown = new TreeSet<>();
        for (JsonNode link : management.get("/actuator").expect(200).at("/_links")) {
            shown.add(link.path("href").asString().replaceFirst("^http://[^/]+", ""));
        }
        assertThat(shown).isEqualTo(new TreeSet<>(MANAGEMENT));
        String page = Files.readString(ServerJvm.ROOT.resolve("docs/access.md"));
        assertThat(MANAGEMENT).allSatisfy(path -> assertThat(page).contains("`" + path + "`"));

        Set<Integer> statuses = new TreeSet<>();
        for (String verb : List.of("POST", "PUT", "PATCH", "DELETE")) {
            for (String path : List.of("/actuator", "/actuator/health", "/actuator/metrics", "/actuator/sbom")) {
                statuses.add(management.send(verb, path, null, null).status());
            }
        }
        assertThat(statuses).isSubsetOf(401, 403, 404, 405);
        for (String name : List.of(
                "env",
                "heapdump",
                "beans",
                "configprops",
                "loggers",
                "threaddump",
                "mappings",
                "shutdown",
                "flyway",
                "conditions",
                "scheduledtasks",
                "caches",
                "auditevents",
                "httpexchanges",
                "startup",
                "logfile")) {
            assertThat(management.get("/actuator/" + name).status()).as(name).isIn(401, 404);
        }
        for (Operation operation : operations) {
            Answer answer =
                    management.token(deployed.firstToken()).send(operation.method(), path(operation), null, null);
            assertThat(answer.status()).as("%s", operation).isIn(401, 404);
        }
        // It listens on one address, whatever the planes listen on.
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(
                    InetAddress.ofLiteral("127.0.0.2"), management.base().getPort()));
            assertThat(socket.isConnected()).isFalse();
        } catch (ConnectException refused) {
            assertThat(refused).hasMessageContaining("refused");
        }
    }
}
