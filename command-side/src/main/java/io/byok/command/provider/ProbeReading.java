package io.byok.command.provider;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the answers of one form's probe. Total and pure: every answer has a meaning, and a body that is garbage, huge
 * or hostile never makes a key {@link Outcome#INVALID} unless the status alone does.
 */
public final class ProbeReading {

    static final int LONGEST_TOLD = 128;

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private final List<AnswerRule> rules;
    private final Map<String, String> tells;

    ProbeReading(List<AnswerRule> rules, Map<String, String> tells) {
        this.rules = List.copyOf(rules);
        this.tells = tells;
    }

    /** The table, in the order in which it is read. */
    public List<AnswerRule> rules() {
        return rules;
    }

    /**
     * What the answer says about the key.
     *
     * @param headers names in any case
     * @param body as received, any length; JSON up to 1 MiB is looked into
     */
    public Reading classify(int status, Map<String, List<String>> headers, byte[] body) {
        AnswerBody answer = new AnswerBody(body);
        for (AnswerRule rule : rules) {
            if (rule.matches(status, answer)) {
                boolean good = rule.outcome() == Outcome.VALID || rule.outcome() == Outcome.VALID_LIMITED;
                return new Reading(
                        rule.outcome(),
                        rule.because(),
                        rule.lacks(),
                        good ? told(headers, answer) : Map.of(),
                        retryAfter(headers));
            }
        }
        return unreachable("the answer says nothing about the key");
    }

    /** For a call that got no answer at all. */
    public static Reading unreachable(String because) {
        return new Reading(Outcome.UNREACHABLE, because, List.of(), Map.of(), null);
    }

    private Map<String, String> told(Map<String, List<String>> headers, AnswerBody body) {
        Map<String, String> told = new LinkedHashMap<>();
        tells.forEach((name, place) -> {
            Optional<String> value = place.startsWith("header:")
                    ? header(headers, place.substring("header:".length()))
                    : body.at(place).stream()
                            .filter(JsonNode::isValueNode)
                            .map(JsonNode::asString)
                            .findFirst();
            value.filter(ProbeReading::isPresentable).ifPresent(text -> told.put(name, text));
        });
        return Map.copyOf(told);
    }

    private static boolean isPresentable(String text) {
        return !text.isBlank() && text.length() <= LONGEST_TOLD && text.chars().noneMatch(Character::isISOControl);
    }

    private static @Nullable Duration retryAfter(Map<String, List<String>> headers) {
        return header(headers, "retry-after")
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait)
                .orElse(null);
    }

    private static Optional<String> header(Map<String, List<String>> headers, String name) {
        return headers.entrySet().stream()
                .filter(header -> name.equalsIgnoreCase(header.getKey()))
                .flatMap(header -> header.getValue().stream())
                .findFirst();
    }
}
