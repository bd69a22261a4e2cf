package io.byok.command.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ProbeReadingTest {

    private static final Catalogue CATALOGUE = Catalogue.load(null);

    /** For each line of each table an answer that it was written for: it must decide, and not be shadowed. */
    @TestFactory
    Stream<DynamicTest> each_rule_decides_the_answer_it_was_written_for() {
        return eachForm((provider, form, reading) -> {
            List<DynamicTest> tests = new ArrayList<>();
            List<AnswerRule> own = new ArrayList<>(form.probe().answers());
            own.addAll(provider.answers());
            for (AnswerRule rule : own) {
                for (String status : rule.status()) {
                    if (isDecidedByTheFormFirst(form, rule, status)) {
                        continue;
                    }
                    String name = provider.id() + "/" + form.name() + " " + status + " " + rule.because();
                    tests.add(DynamicTest.dynamicTest(name, () -> {
                        for (String body : ExampleAnswer.allOf(rule)) {
                            Reading read = reading.classify(Integer.parseInt(status), Map.of(), json(body));
                            assertThat(read.outcome()).as(body).isEqualTo(rule.outcome());
                            assertThat(read.because()).as(body).isEqualTo(rule.because());
                        }
                    }));
                }
            }
            return tests.stream();
        });
    }

    /** A provider's general line may be narrowed by one form's probe; then it is reached by the other form. */
    private static boolean isDecidedByTheFormFirst(CredentialForm form, AnswerRule rule, String status) {
        return form.probe().answers().stream()
                .filter(own -> !own.equals(rule))
                .anyMatch(own -> own.status().contains(status) && own.when().isEmpty());
    }

    @TestFactory
    Stream<DynamicTest> garbage_never_makes_a_key_valid_and_trouble_never_makes_it_invalid() {
        return eachForm((provider, form, reading) ->
                Stream.of(DynamicTest.dynamicTest(provider.id() + "/" + form.name(), () -> {
                    Random random = new Random(7);
                    byte[] noise = new byte[2_000];
                    random.nextBytes(noise);
                    byte[] page = "<html><body>Sign in to the network</body></html>".getBytes(StandardCharsets.UTF_8);
                    byte[] deep = "[".repeat(100_000).getBytes(StandardCharsets.UTF_8);
                    for (byte[] body : List.of(new byte[0], noise, page, deep)) {
                        assertThat(outcome(reading, 200, body)).isEqualTo(Outcome.UNREACHABLE);
                        for (int status : new int[] {100, 204, 302, 400, 403, 404, 409, 418, 500, 502, 503, 529, 599}) {
                            assertThat(outcome(reading, status, body))
                                    .as("status %d", status)
                                    .isEqualTo(Outcome.UNREACHABLE);
                        }
                        assertThat(outcome(reading, 429, body)).isEqualTo(Outcome.RATE_LIMITED);
                        assertThat(outcome(reading, 402, body)).isEqualTo(Outcome.NO_QUOTA);
                    }
                })));
    }

    @Test
    void a_key_repeated_in_the_answer_does_not_come_out() {
        String key = "sk-proj-fakefakefakefakefake1234";
        String body =
                "{\"error\":{\"code\":\"invalid_api_key\",\"message\":\"Incorrect API key provided: " + key + "\"}}";
        Provider openai = CATALOGUE.find("openai").orElseThrow();

        Reading read = CATALOGUE
                .reading(openai, openai.forms().getFirst())
                .classify(401, Map.of("openai-organization", List.of(key)), body.getBytes(StandardCharsets.UTF_8));

        assertThat(read.outcome()).isEqualTo(Outcome.INVALID);
        assertThat(read.toString()).doesNotContain(key);
    }

    @Test
    void what_the_provider_tells_and_how_long_to_wait_is_read_from_either_place() {
        Provider openai = CATALOGUE.find("openai").orElseThrow();
        ProbeReading reading = CATALOGUE.reading(openai, openai.forms().getFirst());

        Reading good = reading.classify(200, Map.of("OpenAI-Organization", List.of("acme")), json("{\"data\":[]}"));
        Reading busy = reading.classify(429, Map.of("Retry-After", List.of("20")), json("{}"));
        Reading absurd = reading.classify(429, Map.of("Retry-After", List.of("999999")), json("{}"));

        assertThat(good.told()).containsExactly(Map.entry("organization", "acme"));
        assertThat(busy.retryAfter()).isEqualTo(Duration.ofSeconds(20));
        assertThat(absurd.retryAfter()).isEqualTo(Duration.ofDays(1));
    }

    private static Outcome outcome(ProbeReading reading, int status, byte[] body) {
        return reading.classify(status, Map.of(), body).outcome();
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private interface Case {
        Stream<DynamicTest> of(Provider provider, CredentialForm form, ProbeReading reading);
    }

    private static Stream<DynamicTest> eachForm(Case test) {
        return CATALOGUE.all().stream()
                .flatMap(provider -> provider.forms().stream()
                        .flatMap(form -> test.of(provider, form, CATALOGUE.reading(provider, form))));
    }
}
