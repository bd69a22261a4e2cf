package io.byok.command.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.json.JsonMapper;

class CredentialJsonTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    record Body(String provider, Credential credential, int priority) {}

    record Answer(
            String source,
            @JsonSerialize(using = CredentialExposure.class) Credential credential) {}

    @Test
    void a_credential_comes_in_and_goes_out_with_its_fields_in_order() {
        String fields = "{\"zeta\":\"AC1\",\"authToken\":\"t\\u00f6\\n\\\"\\\\\\ud83d\\udd11\",\"a\":\" \"}";
        Body body = JSON.readValue(
                bytes("{\"credential\":" + fields + ",\"priority\":3,\"provider\":\"twilio\"}"), Body.class);
        assertThat(body.provider()).isEqualTo("twilio");
        assertThat(body.priority()).isEqualTo(3);
        assertThat(body.credential().names()).containsExactly("zeta", "authToken", "a");
        assertThat(text(body.credential(), "authToken")).isEqualTo("tö\n\"\\🔑");

        String expected = "{\"source\":\"user\",\"credential\":" + JSON.readTree(fields) + "}";
        Answer answer = new Answer("user", body.credential());
        assertThat(new String(JSON.writeValueAsBytes(answer), StandardCharsets.UTF_8))
                .isEqualTo(expected);
        assertThat(JSON.writeValueAsString(answer)).isEqualTo(expected);
    }

    @Test
    void a_long_credential_survives_the_parser_s_buffers() {
        String pem = "-----BEGIN PRIVATE KEY-----\\n" + "abcdefgh\\u0041".repeat(1_500);
        Credential credential = JSON.readValue(bytes("{\"key\":\"" + pem + "\",\"next\":\"n\"}"), Credential.class);
        assertThat(text(credential, "key")).isEqualTo("-----BEGIN PRIVATE KEY-----\n" + "abcdefghA".repeat(1_500));
        assertThat(text(credential, "next")).isEqualTo("n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {}                                    | at least one field
                    []                                    | object of strings
                    "sk-canary"                           | object of strings
                    17                                    | object of strings
                    {"apiKey":null}                       | apiKey is not a string
                    {"apiKey":17}                         | apiKey is not a string
                    {"apiKey":{"a":"sk-canary"}}          | apiKey is not a string
                    {"apiKey":["sk-canary"]}              | apiKey is not a string
                    {"apiKey":""}                         | apiKey is empty
                    {"":"sk-canary"}                      | field names
                    {"a":"sk-canary","a":"sk-canary2"}    | given twice
                    {"apiKey":"sk-canary\\ud800"}         | not valid Unicode
                    """)
    void anything_but_an_object_of_strings_is_refused_without_repeating_it(String json, String reason) {
        assertThatThrownBy(() -> JSON.readValue(bytes(json), Credential.class))
                .isInstanceOf(DatabindException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("canary");
    }

    @Test
    void too_much_is_refused() {
        StringBuilder many = new StringBuilder("{");
        for (int i = 0; i < 17; i++) {
            many.append(i == 0 ? "" : ",").append("\"f").append(i).append("\":\"v\"");
        }
        assertThatThrownBy(() -> JSON.readValue(bytes(many + "}"), Credential.class))
                .hasMessageContaining("at most 16 fields");
        assertThatThrownBy(() -> JSON.readValue(bytes("{\"a\":\"" + "x".repeat(100_000) + "\"}"), Credential.class))
                .isInstanceOf(DatabindException.class)
                .hasMessageNotContaining("xx");
        assertThatThrownBy(() -> JSON.readValue(bytes("{\"" + "n".repeat(65) + "\":\"v\"}"), Credential.class))
                .hasMessageContaining("1 to 64 characters");
    }

    @Test
    void a_credential_is_written_nowhere_by_accident() {
        Credential credential = JSON.readValue(bytes("{\"apiKey\":\"sk-canary\"}"), Credential.class);
        assertThat(credential).hasToString("Credential[apiKey]");
        assertThat(credential.field("apiKey").orElseThrow()).hasToString("SecretBytes");
        assertThat(String.valueOf(new Body("openai", credential, 1))).doesNotContain("canary");
        assertThatThrownBy(() -> JSON.writeValueAsString(credential)).isInstanceOf(DatabindException.class);
        assertThatThrownBy(() -> JSON.writeValueAsString(new Body("openai", credential, 1)))
                .isInstanceOf(DatabindException.class);
        assertThatThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(credential))
                .isInstanceOf(NotSerializableException.class);
    }

    @Test
    void a_closed_credential_is_wiped_and_cannot_be_read() {
        byte[] secret = bytes("sk-canary");
        Credential credential = new Credential(Map.of("apiKey", SecretBytes.owning(secret)));
        credential.close();
        assertThat(secret).containsOnly(0);
        assertThatThrownBy(() -> text(credential, "apiKey")).isInstanceOf(IllegalStateException.class);
    }

    private static String text(Credential credential, String field) {
        return credential.field(field).orElseThrow().exposeForUse(secret -> new String(secret, StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
