package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.command.CommandSide;
import io.byok.kernel.Refusal;
import io.byok.platform.web.problem.ErrorsPage;
import io.byok.platform.web.problem.ProblemTable;
import io.byok.query.QuerySide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of errors is written from the very table that the server answers from. */
class ErrorsPageTest {

    private static final Path PAGE = Path.of("../../docs/errors.md");

    @Test
    void the_page_of_errors_is_the_servers_table() throws IOException {
        List<Refusal> refusals = Stream.<Refusal>concat(
                        CommandSide.REFUSALS.refusals().stream(), QuerySide.REFUSALS.stream())
                .toList();
        String page = ErrorsPage.of(new ProblemTable(refusals));
        if (Boolean.getBoolean("byok.rewrite")) {
            Files.writeString(PAGE, page);
        }
        assertThat(page)
                .as("run this test with -Dbyok.rewrite=true and look at the difference")
                .isEqualTo(Files.readString(PAGE));
    }
}
