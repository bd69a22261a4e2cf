package io.byok.command.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Answers in the shapes that the providers document, written down apart from the catalogue. */
class DocumentedAnswersTest {

    private static final Catalogue CATALOGUE = Catalogue.load(null);

    @ParameterizedTest
    @CsvFileSource(
            resources = "/io/byok/testkit/documented-answers.txt",
            delimiter = '|',
            quoteCharacter = '`',
            maxCharsPerColumn = 1000)
    void a_documented_answer_is_read_as_what_it_means(
            String id, String form, int status, String body, Outcome outcome) {
        Provider provider = CATALOGUE.find(id).orElseThrow();
        CredentialForm sent = provider.forms().stream()
                .filter(one -> one.name().equals(form))
                .findFirst()
                .orElseThrow();

        Reading read =
                CATALOGUE.reading(provider, sent).classify(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));

        assertThat(read.outcome()).as(read.because()).isEqualTo(outcome);
    }
}
