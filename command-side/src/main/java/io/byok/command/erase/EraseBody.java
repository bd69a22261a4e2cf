package io.byok.command.erase;

import io.byok.platform.web.BadRequest;
import io.byok.platform.web.FieldProblem;
import java.util.ArrayList;
import java.util.List;

/**
 * What a request to erase a user says.
 *
 * @param reason in the caller's words; kept, sealed, for as long as the tenant is. No place for names
 * @param legalBasis such as {@code GDPR Art. 17(1)(a)}; stands in the certificate
 */
public record EraseBody(String reason, String legalBasis) {

    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_BASIS = 200;
    private static final int LINE = 0x2028;
    private static final int PARAGRAPH = 0x2029;

    /** @throws BadRequest naming every field that is wrong */
    void check() {
        List<FieldProblem> problems = new ArrayList<>();
        check("/reason", reason, LONGEST_REASON, problems);
        check("/legalBasis", legalBasis, LONGEST_BASIS, problems);
        if (!problems.isEmpty()) {
            throw new BadRequest("field-invalid", problems);
        }
    }

    private static void check(String pointer, String text, int longest, List<FieldProblem> problems) {
        // Line and paragraph separators too: each of these is one line of a certificate.
        if (text.isBlank()
                || text.length() > longest
                || text.chars().anyMatch(c -> Character.isISOControl(c) || c == LINE || c == PARAGRAPH)) {
            problems.add(new FieldProblem(pointer, "Must have 1 to " + longest + " characters on one line."));
        }
    }
}
