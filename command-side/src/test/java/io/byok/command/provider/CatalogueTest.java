package io.byok.command.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {

    private static final List<String> PROMISED = List.of(
            "anthropic",
            "assemblyai",
            "azure-openai",
            "bedrock",
            "cohere",
            "deepgram",
            "deepseek",
            "elevenlabs",
            "gemini",
            "groq",
            "huggingface",
            "mistral",
            "openai",
            "openrouter",
            "perplexity",
            "replicate",
            "telnyx",
            "together",
            "twilio",
            "vonage",
            "xai");

    @TempDir
    private Path operators;

    @Test
    void every_promised_provider_is_there() {
        assertThat(Catalogue.load(null).all()).extracting(Provider::id).containsExactlyElementsOf(PROMISED);
    }

    @Test
    void an_operators_file_adds_a_provider_and_replaces_one() throws IOException {
        write("groq.yaml", shipped("groq").replace("name: Groq", "name: Groq by way of us"));
        write("inhouse.yaml", shipped("groq").replace("id: groq", "id: inhouse"));

        Catalogue catalogue = Catalogue.load(operators);

        assertThat(catalogue.find("groq")).map(Provider::name).contains("Groq by way of us");
        assertThat(catalogue.find("inhouse")).isPresent();
        assertThat(catalogue.all()).hasSize(PROMISED.size() + 1);
    }

    @Test
    void an_absent_operators_directory_stops_the_start() {
        assertThatThrownBy(() -> Catalogue.load(operators.resolve("absent")))
                .isInstanceOf(BrokenCatalogue.class)
                .hasMessageContaining("is not a directory");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "label: API key\\n    secret|lable: API key\\n    secret|(fields[0]): label is missing",
                "placeholder: |placehodler: |(fields[0].placehodler): \"placehodler\" is not known here; known are ",
                "secret: true|secret: yes please|(fields[0].secret): ",
                "id: groq|id: Groq|id is not a word in lower case",
                "id: groq|id: grok|the file's name differs",
                "name: Groq|name: Groq\\nname: Grok|\"name\" stands twice",
                "field: apiKey}\\n    probe|field: apiToken}\\n    probe|auth sends \"apiToken\", which the form does not take",
                "requires: [apiKey]|requires: [apiKey, other]|hintFrom is missing",
                "outcome: VALID,|outcome: FINE,|outcome",
                "status: 401|status: 4001|status \"4001\" is neither a number nor a class",
                "https://api.groq.com/openai/v1/models|https://api.example.com/v1/models|form apiKey probe: host is not allowed",
                "https://api.groq.com/openai/v1/models|http://api.groq.com/openai/v1/models|form apiKey probe is not https",
                "https://api.groq.com/openai/v1/models|https://api.groq.com/{apiKey}|form apiKey probe: \"apiKey\" is secret",
                "hintPattern: 'gsk_|hintPattern: '(gsk_|hintPattern is not a regular expression",
                "[inputTokens, |[inputTokens, tokens, |\"tokens\" is not a unit",
                "name: Groq|name: !!java.net.URL Groq|",
                "name: Groq|name: &a [*a]|is nested too deep",
                "url: https|headers: {X-Probe: \"a\\\\r\\\\nEvil: b\"}\\n      url: https|header X-Probe has what no header may have",
                "name: Groq|name: [|"
            })
    void a_broken_file_stops_the_start_with_one_line(String found, String put, String reason) throws IOException {
        String text = shipped("groq");
        assertThat(text).contains(found.translateEscapes());
        write("groq.yaml", text.replace(found.translateEscapes(), put.translateEscapes()));

        assertThatThrownBy(() -> Catalogue.load(operators))
                .isInstanceOf(BrokenCatalogue.class)
                .message()
                .startsWith("provider catalogue: " + operators.resolve("groq.yaml"))
                .contains(reason == null ? "" : reason)
                .containsPattern("line [0-9]+")
                .doesNotContain("\n");
    }

    @Test
    void a_file_that_cannot_be_read_stops_the_start_with_one_line() throws IOException {
        Path latin = Files.write(operators.resolve("latin.yaml"), new byte[] {'i', 'd', ':', ' ', (byte) 0xe9});
        refused(latin, "is not UTF-8");
        refused(
                Files.write(operators.resolve("huge.yaml"), new byte[(1 << 20) + 1]),
                "is larger than any catalogue file");
        refused(Files.createDirectory(operators.resolve("directory.yaml")), "is not a file");
        refused(Files.createSymbolicLink(operators.resolve("away.yaml"), operators.resolve("absent")), "is not a file");
        refused(Files.writeString(operators.resolve("groq.yml"), shipped("groq")), "is not read");
        refused(Files.writeString(operators.resolve("empty.yaml"), ""), "is empty");
        refused(Files.writeString(operators.resolve("two.yaml"), "id: two\n---\nid: three\n"), "");
        refused(Files.writeString(operators.resolve("zero.yaml"), "id: \0"), "");
    }

    private void refused(Path file, String reason) throws IOException {
        assertThatThrownBy(() -> Catalogue.load(operators))
                .isInstanceOf(BrokenCatalogue.class)
                .message()
                .startsWith("provider catalogue: " + file)
                .contains(reason)
                .doesNotContain("\n");
        Files.delete(file);
    }

    @Test
    void forms_that_somebody_could_confuse_are_refused() throws IOException {
        write(
                "twilio.yaml",
                shipped("twilio")
                        .replace(
                                "requires: [accountSid, authToken]",
                                "requires: [accountSid, authToken]\n    allows: [apiKeySid, apiKeySecret]")
                        .replace(
                                "requires: [accountSid, apiKeySid, apiKeySecret]",
                                "requires: [accountSid, apiKeySid, apiKeySecret]\n    allows: [authToken]"));

        assertThatThrownBy(() -> Catalogue.load(operators)).hasMessageContaining("authToken and apiKey overlap");
    }

    @Test
    void a_host_pattern_stands_for_exactly_one_label() {
        HostPattern azure = new HostPattern("*.openai.azure.com");

        assertThat(azure.matches("mine.OpenAI.azure.com")).isTrue();
        assertThat(List.of(
                        "openai.azure.com",
                        "a.b.openai.azure.com",
                        "mine.openai.azure.com.example.org",
                        "mine.openai.azure.com.",
                        "mine.openai.azure.com:444",
                        ".openai.azure.com",
                        "me@mine.openai.azure.com"))
                .noneMatch(azure::matches);
        assertThatThrownBy(() -> new HostPattern("127.0.0.1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HostPattern("*.com")).isInstanceOf(IllegalArgumentException.class);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(operators.resolve(name), text);
    }

    private static String shipped(String id) throws IOException {
        try (InputStream in = Catalogue.class.getResourceAsStream("/providers/" + id + ".yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
