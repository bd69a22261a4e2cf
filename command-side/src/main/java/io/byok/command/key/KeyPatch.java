package io.byok.command.key;

import io.byok.command.key.domain.KeyChange;
import io.byok.platform.web.FieldProblem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the body of a PATCH as JSON Merge Patch (RFC 7396) over the fields that may change. */
final class KeyPatch {

    private final List<FieldProblem> problems = new ArrayList<>();
    private UnaryOperator<@Nullable String> alias = UnaryOperator.identity();
    private UnaryOperator<@Nullable String> description = UnaryOperator.identity();
    private UnaryOperator<List<String>> tags = UnaryOperator.identity();
    private UnaryOperator<@Nullable Instant> expiresAt = UnaryOperator.identity();
    private UnaryOperator<Integer> priority = UnaryOperator.identity();
    private UnaryOperator<Boolean> fallback = UnaryOperator.identity();
    private UnaryOperator<List<String>> models = UnaryOperator.identity();

    private KeyPatch() {}

    static KeyChange read(ObjectNode body) {
        KeyPatch patch = new KeyPatch();
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            patch.read(field.getKey(), field.getValue());
        }
        KeyFields.refuse(patch.problems);
        return new KeyChange(
                patch.alias,
                patch.description,
                patch.tags,
                patch.expiresAt,
                patch.priority,
                patch.fallback,
                patch.models);
    }

    private void read(String name, JsonNode value) {
        switch (name) {
            case "alias" -> alias = constant(text(name, value));
            case "description" -> description = constant(text(name, value));
            case "tags" -> tags = constant(strings(name, value));
            case "models" -> models = constant(strings(name, value));
            case "expiresAt" -> expiresAt = constant(instant(value));
            case "priority" -> priority = constant(priority(value));
            case "fallback" -> fallback = constant(flag(value));
            default ->
                problems.add(new FieldProblem(
                        "/" + name.replace("~", "~0").replace("/", "~1"),
                        "There is no such field that can be changed."));
        }
    }

    private @Nullable String text(String name, JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            problems.add(new FieldProblem("/" + name, "Must be a string or null."));
            return null;
        }
        String text = value.stringValue();
        if (name.equals("alias")) {
            KeyFields.checkAlias(text, problems);
        } else {
            KeyFields.checkDescription(text, problems);
        }
        return text;
    }

    private List<String> strings(String name, JsonNode value) {
        if (value.isNull()) {
            return List.of();
        }
        List<@Nullable String> read = new ArrayList<>();
        if (!value.isArray()) {
            problems.add(new FieldProblem("/" + name, "Must be an array of strings or null."));
            return List.of();
        }
        value.forEach(tag -> read.add(tag.isString() ? tag.stringValue() : null));
        if (name.equals("tags")) {
            KeyFields.checkTags(read, problems);
        } else {
            KeyFields.checkModels(read, problems);
        }
        return problems.isEmpty() ? List.copyOf(read) : List.of();
    }

    private @Nullable Instant instant(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        try {
            return KeyFields.micros(Instant.parse(value.isString() ? value.stringValue() : ""));
        } catch (DateTimeException malformed) {
            problems.add(
                    new FieldProblem("/expiresAt", "Must be an RFC 3339 time such as 2027-01-31T00:00:00Z, or null."));
            return null;
        }
    }

    private int priority(JsonNode value) {
        if (!value.isNull() && !value.isInt()) {
            problems.add(new FieldProblem("/priority", "Must be an integer or null."));
            return 0;
        }
        int number = value.isNull() ? 0 : value.intValue();
        KeyFields.checkPriority(number, problems);
        return number;
    }

    private boolean flag(JsonNode value) {
        if (!value.isNull() && !value.isBoolean()) {
            problems.add(new FieldProblem("/fallback", "Must be true, false or null."));
            return false;
        }
        return !value.isNull() && value.booleanValue();
    }

    private static <T extends @Nullable Object> UnaryOperator<T> constant(T value) {
        return before -> value;
    }
}
