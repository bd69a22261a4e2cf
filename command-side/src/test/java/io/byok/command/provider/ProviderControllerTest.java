package io.byok.command.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.kernel.Rejection;
import io.byok.platform.web.RequiresScope;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProviderControllerTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Catalogue CATALOGUE = Catalogue.load(null);
    private final ProviderController controller = new ProviderController(CATALOGUE);

    @Test
    void each_handler_demands_the_scope() {
        assertThat(Arrays.stream(ProviderController.class.getDeclaredMethods())
                        .filter(method -> method.isAnnotationPresent(GetMapping.class)))
                .hasSize(2)
                .allSatisfy(method -> assertThat(method.getAnnotation(RequiresScope.class))
                        .isNotNull()
                        .extracting(RequiresScope::value)
                        .isEqualTo("providers:read"));
    }

    @Test
    void the_list_is_one_page_with_a_strong_tag() {
        var answer = controller.all();
        JsonNode body = JSON.valueToTree(answer.getBody());

        assertThat(body.path("data").size()).isEqualTo(CATALOGUE.all().size());
        assertThat(body.path("nextCursor").isNull()).isTrue();
        assertThat(answer.getHeaders().getETag()).matches("\"[0-9a-f]{32}\"");
        assertThat(answer.getHeaders().getCacheControl()).isEqualTo("max-age=300, private");
        assertThat(new ProviderController(CATALOGUE).all().getHeaders().getETag())
                .isEqualTo(answer.getHeaders().getETag());
    }

    @Test
    void one_provider_says_what_a_form_needs() {
        JsonNode openai = JSON.valueToTree(controller.one("openai").getBody());

        assertThat(openai.at("/fields/0/name").asString()).isEqualTo("apiKey");
        assertThat(openai.at("/fields/0/secret").asBoolean()).isTrue();
        assertThat(openai.at("/fields/0/required").asBoolean()).isTrue();
        assertThat(openai.at("/fields/1/required").asBoolean()).isFalse();
        assertThat(openai.at("/baseUrl").asString()).isEqualTo("https://api.openai.com/v1");
        assertThat(openai.at("/forms/0/auth/scheme").asString()).isEqualTo("bearer");
        assertThat(openai.at("/credentialSchema/required/0").asString()).isEqualTo("apiKey");
        assertThat(openai.at("/usage/0/units/inputTokens").asString()).isEqualTo("/usage/prompt_tokens");
    }

    @Test
    void an_unknown_provider_is_refused_by_its_stable_code() {
        assertThatThrownBy(() -> controller.one("nobody"))
                .isInstanceOfSatisfying(
                        Rejection.class,
                        rejection -> assertThat(rejection.refusal().code()).isEqualTo("provider-unknown"));
    }

    /** Reads the schema's own words (required, propertyNames), so that it says the same as the check. */
    @Test
    void each_set_of_fields_fits_exactly_one_branch_of_the_schema() {
        for (Provider provider : CATALOGUE.all()) {
            JsonNode schema = JSON.valueToTree(provider.credentialSchema());
            List<JsonNode> branches = schema.has("oneOf")
                    ? StreamSupport.stream(schema.path("oneOf").spliterator(), false)
                            .toList()
                    : List.of(schema);
            assertThat(branches).hasSameSizeAs(provider.forms());
            for (CredentialForm form : provider.forms()) {
                Set<String> names = Set.copyOf(form.requires());
                assertThat(branches.stream().filter(branch -> fits(branch, names)))
                        .as(provider.id())
                        .hasSize(1);
                assertThat(Objects.requireNonNull(provider.formOf(names).orElse(null))
                                .name())
                        .isEqualTo(form.name());
            }
            assertThat(branches.stream().filter(branch -> fits(branch, Set.of())))
                    .isEmpty();
        }
    }

    private static boolean fits(JsonNode branch, Set<String> names) {
        boolean complete = StreamSupport.stream(branch.path("required").spliterator(), false)
                .allMatch(name -> names.contains(name.asString()));
        List<String> known = branch.has("properties")
                ? branch.path("properties").propertyNames().stream().toList()
                : StreamSupport.stream(branch.at("/propertyNames/enum").spliterator(), false)
                        .map(JsonNode::asString)
                        .toList();
        return complete && known.containsAll(names);
    }
}
