package io.byok.command.provider;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.JsonNode;

/** The smallest body that fulfils a rule's conditions. */
final class ExampleAnswer {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ExampleAnswer() {}

    static String of(AnswerRule rule) {
        JsonNode body = JsonNodeFactory.instance.objectNode();
        String raw = "";
        for (Condition condition : rule.when()) {
            if (condition.at().isEmpty()) {
                raw = condition.contains().isEmpty() ? raw : condition.contains().getLast();
            } else {
                body = with(body, condition.at().substring(1).split("/"), 0, value(condition));
            }
        }
        return raw.isEmpty() ? JSON.writeValueAsString(body) : "{\"text\":\"" + raw + "\"}";
    }

    private static String value(Condition condition) {
        if (!condition.in().isEmpty()) {
            return condition.in().getLast();
        }
        return condition.contains().isEmpty() ? "something" : "It says: " + condition.contains().getLast() + ".";
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
