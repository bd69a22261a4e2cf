package io.byok.platform.web.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.kernel.Refusal;
import io.byok.kernel.Rejection;
import io.byok.platform.web.BadRequest;
import io.byok.platform.web.FieldProblem;
import io.byok.platform.web.ProblemCode;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTableTest {

    private record No(String code, Kind kind) implements Refusal {
        @Override
        public Terms terms() {
            return new Terms(code, kind, "No", "Do otherwise.");
        }
    }

    private final Problems problems =
            new Problems(new ProblemTable(List.of(new No("key-revoked", Refusal.Kind.CONFLICT))));

    @Test
    void a_code_can_be_taken_once_and_is_a_word() {
        var taken = List.of(new No("field-invalid", Refusal.Kind.INVALID));
        var noWord = List.of(new No("Key_Revoked", Refusal.Kind.INVALID));

        assertThatThrownBy(() -> new ProblemTable(taken)).hasMessage("problem code field-invalid is taken");
        assertThatThrownBy(() -> new ProblemTable(noWord)).hasMessage("not a problem code: Key_Revoked");
    }

    @Test
    void the_page_of_errors_has_a_section_for_every_code() {
        String page = ErrorsPage.of(new ProblemTable(List.of(new No("key-revoked", Refusal.Kind.CONFLICT))));

        for (ProblemCode code : ProblemCode.values()) {
            assertThat(page).containsOnlyOnce("\n## " + code.code() + "\n\nStatus " + code.status() + ". ");
        }
        assertThat(page)
                .contains("| [`key-revoked`](#key-revoked) | 409 | No |\n")
                .contains("No. Do otherwise.\n");
    }

    @ParameterizedTest
    @CsvSource({"NOT_FOUND, 404", "CONFLICT, 409", "INVALID, 422", "STALE, 412"})
    void a_refusal_is_recognised_however_deep_it_is_wrapped(Refusal.Kind kind, int status) {
        Rejection no = new Rejection(new No("wrapped-no", kind), "this time");

        Problem problem = problems.of(new CompletionException(new IllegalStateException(no)), "r");

        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.detail()).isEqualTo("this time");
    }

    @Test
    void many_fields_are_shown_in_order_and_a_feature_may_use_its_own_code() {
        BadRequest bad = new BadRequest(
                "key-revoked", List.of(new FieldProblem("/b", "must be b"), new FieldProblem("/a", "must be a")));

        assertThat(new String(problems.of(bad, "r").json(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("""
                        {"type":"urn:byok:error:key-revoked","title":"No","status":409,"detail":"No",\
                        "code":"key-revoked","requestId":"r","errors":[{"pointer":"/b","message":"must be b"},\
                        {"pointer":"/a","message":"must be a"}]}""");
    }

    @ParameterizedTest
    @CsvSource({"08006, 503", "57P01, 503", "57P03, 503", "53300, 503", "58030, 503", "23505, 500", "40001, 500"})
    void a_database_that_is_away_is_told_from_one_that_says_no(String state, int status) {
        var failure = new IllegalStateException(new SQLException("sk-marked", state));

        assertThat(problems.of(failure, "r").status()).isEqualTo(status);
        assertThat(problems.of(new SQLTransientConnectionException("time-out"), "r")
                        .status())
                .isEqualTo(503);
    }

    @Test
    void a_failure_for_the_log_keeps_its_frames_and_loses_every_message() {
        var failure = new IllegalStateException("sk-marked", new SQLException("sk-marked", "23505"));

        MutedFailure muted = MutedFailure.of(failure);

        assertThat(muted).hasMessage("java.lang.IllegalStateException");
        assertThat(muted.getCause()).hasMessage("java.sql.SQLException [23505]");
        assertThat(muted.getStackTrace()).isEqualTo(failure.getStackTrace());
    }
}
