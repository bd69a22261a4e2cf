package io.byok.command.provider;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** A provider's answer, read without trust: too long or no JSON means that no pointer finds anything. */
final class AnswerBody {

    /** No probe's honest answer is longer; more is not read. In bytes. */
    static final int LONGEST = 1 << 20;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final byte[] bytes;
    private final JsonNode root;

    AnswerBody(byte[] bytes) {
        this.bytes = bytes;
        this.root = read(bytes);
    }

    private static JsonNode read(byte[] bytes) {
        if (bytes.length == 0 || bytes.length > LONGEST) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    boolean isContainer() {
        return root.isContainer();
    }

    String text() {
        return new String(bytes, 0, Math.min(bytes.length, LONGEST), StandardCharsets.UTF_8);
    }

    /** Everything that the pointer finds; null values are not there. */
    List<JsonNode> at(String pointer) {
        List<JsonNode> found = List.of(root);
        for (String step : pointer.substring(1).split("/", -1)) {
            found = next(found, step.replace("~1", "/").replace("~0", "~"));
        }
        return found;
    }

    private static List<JsonNode> next(List<JsonNode> nodes, String step) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode node : nodes) {
            if (node.isArray() && step.equals("*")) {
                node.forEach(found::add);
            } else if (node.isArray() && step.matches("[0-9]{1,4}")) {
                found.add(node.path(Integer.parseInt(step)));
            } else if (node.isObject()) {
                found.add(node.path(step));
            }
        }
        found.removeIf(node -> node.isMissingNode() || node.isNull());
        return found;
    }
}
