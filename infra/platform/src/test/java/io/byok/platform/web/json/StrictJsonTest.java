package io.byok.platform.web.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.kernel.KeyId;
import io.byok.platform.web.BadRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StrictJsonTest {

    enum Word {
        ON_TRANSIENT
    }

    record Values(
            KeyId key,
            Instant at,
            BigDecimal amount,
            Word word,
            Duration overlap,
            List<String> tags,
            Map<String, Long> units,
            @Nullable String note) {}

    private static final Values VALUES = new Values(
            new KeyId(UUID.fromString("01960000-0000-7000-8000-000000000001")),
            Instant.parse("2026-01-02T03:04:05.000001Z"),
            new BigDecimal("1E-9"),
            Word.ON_TRANSIENT,
            Duration.ofMinutes(10),
            List.of(),
            Map.of("inputTokens", 5L),
            null);

    private static final String TEXT = """
            {"key":"key_01jr000000e008000000000001","at":"2026-01-02T03:04:05.000001Z","amount":"0.000000001",\
            "word":"on-transient","overlap":"PT10M","tags":[],"units":{"inputTokens":5},"note":null}""";

    private static BadRequest refusal(String json, Class<?> type) {
        try {
            StrictJson.read(json.getBytes(UTF_8), type);
        } catch (BadRequest refused) {
            return refused;
        }
        throw new AssertionError("taken: " + json);
    }

    @Test
    void each_value_has_one_form_both_ways() {
        assertThat(StrictJson.mapper().writeValueAsString(VALUES)).isEqualTo(TEXT);
        assertThat(StrictJson.read(TEXT.getBytes(UTF_8), Values.class)).isEqualTo(VALUES);
    }

    @Test
    void other_forms_of_the_same_value_are_refused() {
        for (String[] change : new String[][] {
            {"key_01jr", "key_01JR"},
            {"\"2026-01-02T03:04:05.000001Z\"", "\"2026-01-02\""},
            {"0.000000001", "1e-9"},
            {"0.000000001", "00.1"},
            {"0.000000001", ""},
            {"on-transient", "ON_TRANSIENT"},
            {"on-transient", ""},
            {"PT10M", ""},
            {"\"PT10M\"", "600"},
            {"[]", "\"\""},
            {"[]", "null"},
            {"5}", "\"5\"}"},
            {"5}", "null}"},
            {"5}", "5.0}"},
            {"2026-01-02T03", "2026-02-30T03"},
        }) {
            String json = TEXT.replace(change[0], change[1]);
            assertThat(json).isNotEqualTo(TEXT);
            assertThat(refusal(json, Values.class).code()).as(json).isEqualTo("field-invalid");
        }
    }

    @Test
    void depth_and_lengths_are_bounded() {
        assertThat(refusal("[".repeat(33) + "]".repeat(33), JsonNode.class).code())
                .isEqualTo("json-too-complex");
        assertThat(refusal("\"" + "x".repeat(70_000) + "\"", JsonNode.class).code())
                .isEqualTo("json-too-complex");
        assertThat(refusal("1" + "0".repeat(50), JsonNode.class).code()).isEqualTo("json-too-complex");
        assertThat(refusal("{\"" + "x".repeat(300) + "\":1}", JsonNode.class).code())
                .isEqualTo("json-too-complex");
    }

    @Test
    void a_mistake_of_ours_is_not_blamed_on_the_caller() {
        interface Abstract {}
        assertThatThrownBy(() -> StrictJson.read("{}".getBytes(UTF_8), Abstract.class))
                .isNotInstanceOf(BadRequest.class);
    }

    @Test
    void a_value_that_refuses_itself_says_why() {
        record Picky(String name) {
            Picky {
                if (name.isEmpty()) {
                    throw BadRequest.field("/name", "must not be empty");
                }
            }
        }
        BadRequest refused = refusal("{\"name\":\"\"}", Picky.class);

        assertThat(refused.fields())
                .singleElement()
                .hasToString("FieldProblem[pointer=/name, message=must not be empty]");
    }
}
