package io.byok.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One operation as the description tells it.
 *
 * @param scopes what a token must have; empty for what is open to all
 * @param queries the names of its query parameters
 * @param body the schema of its JSON body, or null when it takes none
 * @param responses what it is said to answer, by status
 */
record Operation(
        String method,
        String path,
        Set<String> scopes,
        List<String> queries,
        @Nullable JsonNode body,
        JsonNode responses) {

    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");
    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    /** All of the served description. */
    static List<Operation> of(JsonNode description) {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : description.at("/paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (METHODS.contains(operation.getKey())) {
                    operations.add(of(operation.getKey(), path.getKey(), operation.getValue()));
                }
            }
        }
        return operations;
    }

    private static Operation of(String method, String path, JsonNode node) {
        Set<String> scopes = new TreeSet<>();
        node.path("security").forEach(way -> way.path("token").forEach(scope -> scopes.add(scope.asString())));
        List<String> queries = new ArrayList<>();
        for (JsonNode parameter : node.path("parameters")) {
            if (parameter.path("in").asString("").equals("query")) {
                queries.add(parameter.path("name").asString());
            }
        }
        JsonNode body = node.at("/requestBody/content/application~1json/schema");
        return new Operation(
                method.toUpperCase(Locale.ROOT),
                path,
                scopes,
                queries,
                body.isMissingNode() ? null : body,
                node.path("responses"));
    }

    Set<Integer> statuses() {
        Set<Integer> statuses = new TreeSet<>();
        responses.propertyNames().forEach(status -> statuses.add(Integer.valueOf(status)));
        return statuses;
    }

    List<String> parameters() {
        return PARAMETER.matcher(path).results().map(found -> found.group(1)).toList();
    }

    /** The path with a value, not yet encoded, for each parameter. */
    String with(UnaryOperator<String> values) {
        return PARAMETER
                .matcher(path)
                .replaceAll(found -> Matcher.quoteReplacement(Api.encoded(values.apply(found.group(1)))));
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
