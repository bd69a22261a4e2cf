package io.byok.command.provider;

import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The smallest body that fulfils a rule's conditions. */
final class ExampleAnswer {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ExampleAnswer() {}

    /** One body for each alternative that a condition names. */
    static List<String> allOf(AnswerRule rule) {
        int most = rule.when().stream()
                .mapToInt(condition ->
                        condition.in().size() + condition.contains().size())
                .max()
                .orElse(1);
        return IntStream.range(0, Math.max(most, 1))
                .mapToObj(choice -> of(rule, choice))
                .toList();
    }

    private static String of(AnswerRule rule, int choice) {
        JsonNode body = JsonNodeFactory.instance.objectNode();
        for (Condition condition : rule.when()) {
            String pointer = condition.at().isEmpty() ? "/text" : condition.at();
            boolean wholeIsJson = condition.at().isEmpty() && condition.present() != null;
            body = wholeIsJson ? body : with(body, pointer.substring(1).split("/"), 0, value(condition, choice));
        }
        return JSON.writeValueAsString(body);
    }

    private static String value(Condition condition, int choice) {
        if (!condition.in().isEmpty()) {
            return condition.in().get(choice % condition.in().size());
        }
        List<String> contains = condition.contains();
        return contains.isEmpty() ? "something" : "It says: " + contains.get(choice % contains.size()) + ".";
    }

    private static JsonNode with(JsonNode node, String[] steps, int depth, String value) {
        if (depth == steps.length) {
            return JsonNodeFactory.instance.stringNode(value);
        }
        String step = steps[depth];
        if (step.equals("*")) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            list.add(with(JsonNodeFactory.instance.objectNode(), steps, depth + 1, value));
            return list;
        }
        ObjectNode object = node instanceof ObjectNode known ? known : JsonNodeFactory.instance.objectNode();
        object.set(step, with(object.path(step), steps, depth + 1, value));
        return object;
    }
}
