package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.command.provider.AuthScheme;
import io.byok.command.provider.Catalogue;
import io.byok.command.provider.CredentialForm;
import io.byok.command.provider.Provider;
import io.byok.e2e.ScriptedProvider.Asked;
import io.byok.e2e.ScriptedProvider.Said;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Every form of every provider of the catalogue, end to end: a credential is stored and asked about over HTTP, the far
 * side is played. Made from the catalogue, so that a new file is asked about too; what the answers mean is written down
 * apart from it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProviderTableTest {

    private static final Catalogue CATALOGUE = Catalogue.load(null);

    private final ScriptedProvider script = PlayedProviders.SCRIPT;
    private final Server server = PlayedProviders.SERVER;
    private final Api api = server.control();
    private final Canary canary = new Canary();
    private final Map<String, Stored> stored = new LinkedHashMap<>();
    private final List<String> answers = new ArrayList<>();

    /** A key of a form, and its credential. */
    private record Stored(Provider provider, CredentialForm form, SampleCredential credential, String key) {}

    ProviderTableTest() {
        for (Provider provider : CATALOGUE.all()) {
            for (CredentialForm form : provider.forms()) {
                SampleCredential credential = SampleCredential.of(provider, form);
                credential.secrets().forEach(canary::watch);
                String body = "{\"provider\":\"%s\",\"validate\":\"never\",\"credential\":%s}"
                        .formatted(provider.id(), credential.json());
                String key =
                        api.post(Credentials.keysOf("table"), body).expect(201).string("/id");
                stored.put(provider.id() + " " + form.name(), new Stored(provider, form, credential, key));
            }
        }
    }

    @AfterAll
    void nothing_of_a_key_is_in_an_answer_or_a_log() throws IOException {
        assertThat(canary.in("answers", String.join("\n", answers).getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(canary.below(server.data().resolve("logs"))).isEmpty();
    }

    private Answer validate(Stored one) {
        Answer answer = api.post("/v1/keys/" + one.key() + "/validate").expect(200);
        synchronized (answers) {
            answers.add(answer.text());
        }
        return answer;
    }

    @TestFactory
    Stream<DynamicTest> a_documented_answer_has_its_meaning() {
        return documented()
                .map(row -> DynamicTest.dynamicTest(String.join(" | ", row), () -> {
                    Stored one = stored.get(row[0] + " " + row[1]);
                    script.say(new Said(Integer.parseInt(row[2]), row[3]));
                    Answer answer = validate(one);
                    assertThat(answer.string("/state"))
                            .isEqualTo(row[4].toLowerCase(Locale.ROOT).replace('_', '-'));
                    assertThat(answer.string("/cost")).isEqualTo("none");
                }));
    }

    @Test
    void every_provider_has_answers_written_down_for_a_good_and_for_a_bad_key() {
        for (Provider provider : CATALOGUE.all()) {
            assertThat(documented().filter(row -> row[0].equals(provider.id())).map(row -> row[4]))
                    .as(provider.id())
                    .contains("VALID", "INVALID");
        }
    }

    @TestFactory
    Stream<DynamicTest> a_credential_goes_where_and_as_the_catalogue_says() {
        return each(one -> {
            script.say(new Said(401, "{}"));
            validate(one);
            List<Asked> asked = script.asked();
            Asked call = asked.getLast();
            URI wanted =
                    URI.create(one.credential().expand(one.form().probe().url().text()));
            assertThat(call.method()).isEqualTo(one.form().probe().method().name());
            assertThat(call.host()).isEqualTo(wanted.getHost());
            assertThat(one.provider().allowsHost(call.host())).isTrue();
            assertThat(call.uri().getRawPath()).isEqualTo(wanted.getRawPath());
            assertThat(call.uri().getRawQuery()).isEqualTo(wanted.getRawQuery());
            one.credential()
                    .secrets()
                    .forEach(secret -> assertThat(call.uri().toString())
                            .as("addresses end in logs")
                            .doesNotContain(secret));
            AuthScheme special = one.form().probe().auth();
            Proofs.check(special == null ? one.form().auth() : special, one.credential(), asked);
        });
    }

    @TestFactory
    Stream<DynamicTest> what_says_nothing_about_the_key_is_unreachable() {
        return each(one -> {
            for (Said said : List.of(
                    new Said(503, "{\"error\":\"overloaded\"}"),
                    new Said(200, "<html>garbage</html>"),
                    new Said(302, ""),
                    new Said(200, "x".repeat(3_000_000)))) {
                script.say(said);
                assertThat(validate(one).string("/state"))
                        .as("%s", said.status())
                        .isEqualTo("unreachable");
                assertThat(script.asked())
                        .as("not followed")
                        .noneMatch(asked -> asked.uri().getPath().contains("meta-data"));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> a_key_in_the_providers_own_words_stays_outside() {
        return each(one -> {
            String reflected = String.join(" ", one.credential().secrets());
            script.say(new Said(
                    401,
                    "{\"error\":{\"message\":\"Incorrect API key provided: %s\"}}"
                            .formatted(reflected.replace("\n", "\\n"))));
            Answer answer = validate(one);
            one.credential()
                    .secrets()
                    .forEach(secret -> assertThat(answer.text()).doesNotContain(secret));
        });
    }

    @Test
    void a_provider_that_does_not_answer_in_time_costs_the_time_and_no_more() throws Exception {
        script.say(new Said(0, "too late"));
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> waiting = stored.values().stream()
                    .map(one -> callers.submit(() -> validate(one)))
                    .toList();
            for (Future<Answer> one : waiting) {
                assertThat(one.get().string("/state")).isEqualTo("unreachable");
            }
        }
    }

    @FunctionalInterface
    private interface Check {
        void of(Stored one);
    }

    private Stream<DynamicTest> each(Check check) {
        return stored.entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> check.of(one.getValue())));
    }

    private static Stream<String[]> documented() {
        try (var in = Catalogue.class.getResourceAsStream("/io/byok/testkit/documented-answers.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line ->
                            Stream.of(line.split(" \\| ")).map(String::strip).toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
