package io.byok.command.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialCheckTest {

    private static final Catalogue CATALOGUE = Catalogue.load(null);
    private static final Provider OPENAI = CATALOGUE.find("openai").orElseThrow();
    private static final Provider TWILIO = CATALOGUE.find("twilio").orElseThrow();
    private static final Provider AZURE = CATALOGUE.find("azure-openai").orElseThrow();
    private static final Provider VONAGE = CATALOGUE.find("vonage").orElseThrow();

    @Test
    void a_well_formed_credential_has_no_problem_even_when_its_shape_is_new() {
        assertThat(check(OPENAI, "apiKey", "a-format-nobody-has-seen")).isEmpty();
        assertThat(check(TWILIO, "accountSid", "AC1", "authToken", "t")).isEmpty();
        assertThat(check(TWILIO, "accountSid", "AC1", "apiKeySid", "SK1", "apiKeySecret", "s"))
                .isEmpty();
        assertThat(check(VONAGE, "applicationId", "a", "privateKey", "-----BEGIN PRIVATE KEY-----\nAA\n"))
                .isEmpty();
    }

    @Test
    void each_kind_of_bad_value_is_named_at_its_place() {
        assertThat(check(OPENAI, "apiKey", "")).containsExactly(problem("/apiKey", "is empty"));
        assertThat(check(OPENAI, "apiKey", "k".repeat(501)))
                .containsExactly(problem("/apiKey", "is longer than 500 characters"));
        assertThat(check(OPENAI, "apiKey", " key")).containsExactly(problem("/apiKey", "has white space around it"));
        assertThat(check(OPENAI, "apiKey", "key\n")).containsExactly(problem("/apiKey", "has white space around it"));
        assertThat(check(OPENAI, "apiKey", "\"key\"")).containsExactly(problem("/apiKey", "has quotes around it"));
        assertThat(check(OPENAI, "apiKey", "ke\r\ny: x"))
                .containsExactly(problem("/apiKey", "has a control character"));
        assertThat(check(OPENAI, "apiKey", "ke\u200by"))
                .extracting(CredentialProblem::message)
                .singleElement()
                .asString()
                .contains("not plain ASCII");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer sk-proj-x",
                "bearer x",
                "Authorization: Bearer x",
                "OPENAI_API_KEY=sk-proj-x",
                "export openai_key=x"
            })
    void what_was_copied_along_is_refused_before_it_is_stored(String pasted) {
        assertThat(check(OPENAI, "apiKey", pasted))
                .containsExactly(problem("/apiKey", "has a name or a scheme before it; send the key alone"));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void an_identifier_cannot_lead_to_another_path(String dots) {
        assertThat(check(TWILIO, "accountSid", dots, "authToken", "t"))
                .containsExactly(problem("/accountSid", "is no identifier"));
    }

    @Test
    void missing_fields_are_those_of_the_nearest_form() {
        assertThat(check(TWILIO, "accountSid", "AC1", "apiKeySid", "SK1"))
                .containsExactly(problem("/apiKeySecret", "is missing"));
        assertThat(check(TWILIO)).contains(problem("/accountSid", "is missing"), problem("/authToken", "is missing"));
    }

    @Test
    void fields_of_two_forms_do_not_go_together() {
        assertThat(check(TWILIO, "accountSid", "AC1", "authToken", "t", "apiKeySid", "SK1"))
                .extracting(CredentialProblem::pointer)
                .containsExactly("/apiKeySid");
    }

    @Test
    void an_unknown_field_is_repeated_only_when_it_cannot_be_a_key() {
        String fake = "sk-fake0000000000000000000000";

        assertThat(check(OPENAI, "apiKey", "k", "api_key", "k"))
                .extracting(CredentialProblem::pointer)
                .containsExactly("/api_key");
        assertThat(check(OPENAI, "apiKey", "k", fake, "apiKey")).singleElement().satisfies(problem -> {
            assertThat(problem.pointer()).isEmpty();
            assertThat(problem.message()).doesNotContain(fake);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://mine.openai.azure.com",
                "https://mine.openai.azure.com.example.org",
                "https://example.org/.openai.azure.com",
                "https://mine.openai.azure.com:8443",
                "https://user@mine.openai.azure.com",
                "https://example.org#.openai.azure.com",
                "https://example.org\\.openai.azure.com",
                "https://mine.openai.azure.com/path",
                "https://mine.openai.azure.com?x=1",
                "https://127.0.0.1",
                "mine.openai.azure.com"
            })
    void an_endpoint_elsewhere_is_refused(String endpoint) {
        assertThat(check(AZURE, "endpoint", endpoint, "apiKey", "k"))
                .extracting(CredentialProblem::pointer)
                .containsExactly("/endpoint");
    }

    @Test
    void an_endpoint_on_an_allowed_host_makes_the_probes_address() {
        assertThat(check(AZURE, "endpoint", "https://mine.openai.azure.com/", "apiKey", "k"))
                .isEmpty();
        assertThat(AZURE.forms().getFirst().probe().url().address(field -> "https://mine.openai.azure.com/"))
                .hasToString("https://mine.openai.azure.com/openai/deployments?api-version=2023-03-15-preview");
    }

    @Test
    void a_value_in_a_path_cannot_leave_its_segment() {
        assertThat(TWILIO.forms().getFirst().probe().url().expand(field -> "../x?y=1#z"))
                .isEqualTo("https://api.twilio.com/2010-04-01/Accounts/..%2Fx%3Fy%3D1%23z.json");
    }

    private static List<CredentialProblem> check(Provider provider, String... namesAndValues) {
        return provider.check(PlainCredential.of(namesAndValues));
    }

    private static CredentialProblem problem(String pointer, String message) {
        return new CredentialProblem(pointer, message);
    }
}
