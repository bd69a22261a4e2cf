package io.byok.command.provider;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What must hold of an answer's body; exactly one of {@code in}, {@code contains}, {@code present}.
 *
 * @param at a JSON pointer (RFC 6901) in which {@code *} stands for each element of an array; empty for the whole body
 * @param in the value there, as text, is one of these
 * @param contains the text there holds one of these, in any case; with an empty pointer the raw body is searched
 * @param present there is (or is not) something there; with an empty pointer: the body is a JSON object or array
 */
public record Condition(
        String at,
        List<String> in,
        List<String> contains,
        @Nullable Boolean present) {

    public Condition {
        at = at == null ? "" : at;
        in = Given.distinct("in", in);
        contains = Given.distinct("contains", contains);
        Given.require(at.isEmpty() || at.startsWith("/"), "at \"%s\" is not a JSON pointer", at);
        long kinds = Stream.of(!in.isEmpty(), !contains.isEmpty(), present != null)
                .filter(Boolean::booleanValue)
                .count();
        Given.require(kinds == 1, "exactly one of in, contains, present is needed");
        Given.require(in.isEmpty() || !at.isEmpty(), "in needs a pointer");
    }

    boolean holds(AnswerBody body) {
        if (present != null) {
            boolean there = at.isEmpty() ? body.isContainer() : !body.at(at).isEmpty();
            return there == present;
        }
        if (!in.isEmpty()) {
            return body.at(at).stream().filter(JsonNode::isValueNode).anyMatch(node -> in.contains(node.asString()));
        }
        return at.isEmpty()
                ? holdsOne(body.text())
                : body.at(at).stream().filter(JsonNode::isValueNode).anyMatch(node -> holdsOne(node.asString()));
    }

    private boolean holdsOne(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return contains.stream().anyMatch(part -> lower.contains(part.toLowerCase(Locale.ROOT)));
    }
}
