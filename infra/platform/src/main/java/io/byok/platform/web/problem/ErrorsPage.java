package io.byok.platform.web.problem;

import java.util.stream.Collectors;

/** {@code docs/errors.md}, written from the table that the server answers from. Equal tables give equal bytes. */
public final class ErrorsPage {

    private static final String HEAD = """
            # Errors

            <!-- Written by a test from the server's own table: change the code, then run it with -Dbyok.rewrite=true. -->

            Every error is an `application/problem+json` document (RFC 9457):
            `{type, title, status, detail, code, requestId, errors:[{pointer, message}]}`.
            Switch on `code`: it never changes its meaning. `type` is the same word as a URI, `%s<code>`, a name and not
            an address, so that it is the same on every installation. `detail` is for people and may change. `errors`
            names fields of the body by JSON pointer (RFC 6901). Nothing you sent is ever repeated in an error.
            """.formatted(Problem.TYPE_PREFIX);

    private ErrorsPage() {}

    public static String of(ProblemTable table) {
        String lines = table.entries().stream()
                .map(entry -> "| [`%s`](#%s) | %d | %s |%n"
                        .formatted(entry.code(), entry.code(), entry.status(), entry.title()))
                .collect(Collectors.joining());
        String sections = table.entries().stream().map(ErrorsPage::section).collect(Collectors.joining());
        return (HEAD + "\n| code | status | what |\n|---|---|---|\n" + lines + sections).replace("\r\n", "\n");
    }

    private static String section(ProblemEntry entry) {
        return """

                ## %s

                Status %d. %s. %s
                """.formatted(entry.code(), entry.status(), entry.title().replaceAll("\\.$", ""), entry.advice());
    }
}
