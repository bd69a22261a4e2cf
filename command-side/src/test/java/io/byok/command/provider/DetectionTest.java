package io.byok.command.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.command.provider.Detection.Candidate;
import io.byok.command.provider.Detection.Warning;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every key here is put together from repeated characters. */
class DetectionTest {

    private static final Detection DETECTION = Catalogue.load(null).detection();

    @ParameterizedTest
    @CsvSource({
        "sk-proj-, x, 60, T3BlbkFJ, openai",
        "sk-ant-api03-, x, 93, AA, anthropic",
        "AC, 0, 32, '', twilio",
        "SK, 0, 32, '', twilio",
        "AIzaSy, x, 33, '', gemini",
        "AQ., x, 40, '', gemini",
        "gsk_, x, 52, '', groq",
        "sk-or-v1-, 0, 64, '', openrouter",
        "tgp_v1_, x, 43, '', together",
        "sk_, 0, 48, '', elevenlabs",
        "KEY, x, 55, '', telnyx",
        "xai-, x, 80, '', xai",
        "hf_, x, 34, '', huggingface",
        "r8_, x, 37, '', replicate",
        "pplx-, x, 40, '', perplexity",
        "ABSK, x, 120, '=', bedrock",
        "AKIA, X, 16, '', bedrock"
    })
    void a_key_with_a_mark_of_its_own_is_recognised_first(
            String prefix, String filling, int count, String ending, String provider) {
        String key = prefix + filling.repeat(count) + ending + (ending.equals("T3BlbkFJ") ? "x".repeat(20) : "");

        assertThat(DETECTION.detect(key).candidates())
                .first()
                .extracting(Candidate::provider)
                .isEqualTo(provider);
    }

    @Test
    void a_shape_without_a_mark_has_several_possible_candidates() {
        assertThat(DETECTION.detect("0".repeat(32)).candidates())
                .extracting(Candidate::provider)
                .containsExactly("assemblyai", "azure-openai", "elevenlabs", "mistral", "twilio");
        assertThat(DETECTION.detect("hello").candidates()).isEmpty();
    }

    @Test
    void an_admin_key_is_no_candidate_and_warned_of() {
        Detection.Detected openai = DETECTION.detect("sk-admin-" + "x".repeat(40));
        Detection.Detected anthropic = DETECTION.detect("sk-ant-admin01-" + "x".repeat(95));

        assertThat(openai.candidates()).isEmpty();
        assertThat(codes(openai)).containsExactly("admin-key");
        assertThat(anthropic.candidates()).isEmpty();
        assertThat(codes(anthropic)).containsExactly("admin-key");
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                " @ \\n|white-space",
                "\"@\"|quotes",
                "GROQ_API_TOKEN=@|wrong-form",
                "export GROQ_API_TOKEN=\"@\";|wrong-form",
                "Authorization: Bearer @|wrong-form",
                "Bearer @|wrong-form",
                "authorization: bearer @|wrong-form",
                "x-api-key: @|wrong-form",
                "-H \"X-Api-Key: @\"|wrong-form",
                "\"apiKey\": \"@\",|wrong-form",
                "\u201c@\u201d|quotes"
            })
    void what_was_pasted_along_is_looked_through_and_warned_of(String pasted, String code) {
        Detection.Detected detected = DETECTION.detect(pasted.translateEscapes().replace("@", "gsk_" + "x".repeat(52)));

        assertThat(detected.candidates()).extracting(Candidate::provider).containsExactly("groq");
        assertThat(codes(detected)).containsExactly(code);
    }

    @Test
    void what_only_ends_like_a_name_is_a_key() {
        assertThat(DETECTION.detect("x".repeat(43) + "=").warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "a", "A", "-", "=", " ", "\"", "sk-", "AC0", "aA0_", "x=", "=x", "Bearer ", "\u00e9"})
    void no_shape_is_beaten_by_a_text_made_for_it(String piece) {
        String text = piece.repeat(9_990 / piece.length());
        DETECTION.detect(text);
        DETECTION.detect(text + "!");
        for (Provider provider : Catalogue.load(null).all()) {
            provider.fields().stream()
                    .filter(field -> field.hintPattern() != null)
                    .forEach(field -> assertThat(new Shape(String.valueOf(field.hintPattern())).matches(text + "!"))
                            .isFalse());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+", "(a|a)*", "(a|[a-z])*b", "(.*)*!"})
    void a_careless_shape_of_an_operator_is_given_up_instead_of_hanging(String careless) {
        assertThat(new Shape(careless).matches("a".repeat(9_000) + "?")).isFalse();
    }

    @Test
    void a_long_paste_is_not_looked_at() {
        Detection.Detected detected = DETECTION.detect("gsk_" + "x".repeat(10_000));

        assertThat(detected.candidates()).isEmpty();
        assertThat(codes(detected)).containsExactly("too-long");
    }

    private static List<String> codes(Detection.Detected detected) {
        return detected.warnings().stream().map(Warning::code).toList();
    }
}
