package io.byok.command.provider;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One line of the table that reads a probe's answers; the first that matches decides.
 *
 * @param status each a number, or a class such as {@code 5xx}; one of them must match
 * @param when all must hold
 * @param because one sentence for people, free of anything that an answer said
 * @param lacks the rights that are missing, for a limited key
 */
public record AnswerRule(
        List<String> status, List<Condition> when, Outcome outcome, String because, List<String> lacks) {

    private static final Pattern STATUS = Pattern.compile("[1-5](xx|[0-9]{2})");

    public AnswerRule {
        status = Given.distinct("status", status);
        Given.require(!status.isEmpty(), "status is missing");
        for (String one : status) {
            Given.require(STATUS.matcher(one).matches(), "status \"%s\" is neither a number nor a class", one);
        }
        when = Given.list(when);
        outcome = Given.present("outcome", outcome);
        because = because == null ? outcome.meaning() : because;
        lacks = Given.distinct("lacks", lacks);
        Given.require(lacks.isEmpty() || outcome == Outcome.VALID_LIMITED, "lacks belongs to VALID_LIMITED");
    }

    boolean matches(int answered, AnswerBody body) {
        return status.stream().anyMatch(one -> covers(one, answered))
                && when.stream().allMatch(c -> c.holds(body));
    }

    private static boolean covers(String status, int answered) {
        return status.endsWith("xx") ? answered / 100 == status.charAt(0) - '0' : answered == Integer.parseInt(status);
    }
}
