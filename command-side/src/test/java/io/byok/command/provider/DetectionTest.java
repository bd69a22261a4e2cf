package io.byok.command.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.command.provider.Detection.Candidate;
import io.byok.command.provider.Detection.Warning;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                "Bearer @|wrong-form"
            })
    void what_was_pasted_along_is_looked_through_and_warned_of(String pasted, String code) {
        Detection.Detected detected = DETECTION.detect(pasted.translateEscapes().replace("@", "gsk_" + "x".repeat(52)));

        assertThat(detected.candidates()).extracting(Candidate::provider).containsExactly("groq");
        assertThat(codes(detected)).containsExactly(code);
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
