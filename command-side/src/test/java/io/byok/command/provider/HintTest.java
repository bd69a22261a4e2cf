package io.byok.command.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HintTest {

    private static final Catalogue CATALOGUE = Catalogue.load(null);
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

    @Test
    void the_usual_hints_read_as_people_expect() {
        assertThat(hint("openai", "apiKey", "sk-fakefakefakefakefakefake9fQ2")).isEqualTo("sk-...9fQ2");
        assertThat(hint("openai", "apiKey", "sk-proj-fakefakefakefakefakefake9fQ2"))
                .isEqualTo("sk-proj-...9fQ2");
        assertThat(hint("deepgram", "apiKey", "0123456789012345")).isEqualTo("...45");
        assertThat(hint("deepgram", "apiKey", "01234567890")).isEqualTo("...");
        assertThat(hint("twilio", "accountSid", "AC12" + "0".repeat(26) + "cdef", "authToken", "fake"))
                .isEqualTo("AC12...cdef");
        assertThat(hint("vonage", "apiKey", "abcd1234", "apiSecret", "fake")).isEqualTo("ab...34");
    }

    @Test
    void a_hint_shows_a_public_prefix_and_four_characters_at_most_and_ten_stay_hidden() {
        Random random = new Random(20261122);
        for (Provider provider : CATALOGUE.all()) {
            for (CredentialForm form : provider.forms()) {
                CredentialField field = provider.field(form.hintFrom()).orElseThrow();
                for (int round = 0; field.secret() && round < 300; round++) {
                    String prefix = field.prefixes().isEmpty() || random.nextBoolean()
                            ? ""
                            : field.prefixes()
                                    .get(random.nextInt(field.prefixes().size()));
                    String secret = prefix + text(random, 1 + random.nextInt(60));
                    PlainCredential credential = new PlainCredential(
                            form.requires().stream().collect(Collectors.toMap(name -> name, name -> secret)));

                    String hint = provider.hint(credential);

                    int gap = hint.lastIndexOf("...");
                    String start = hint.substring(0, gap);
                    String end = hint.substring(gap + 3);
                    assertThat(start.isEmpty() || field.prefixes().contains(start))
                            .as("only a public prefix is shown")
                            .isTrue();
                    assertThat(secret).startsWith(start).endsWith(end);
                    assertThat(end.length()).isEqualTo(secret.length() >= 20 ? 4 : secret.length() >= 12 ? 2 : 0);
                    if (!end.isEmpty()) {
                        assertThat(secret.length() - start.length() - end.length())
                                .isGreaterThanOrEqualTo(10);
                    }
                }
            }
        }
    }

    @Test
    void the_view_of_a_secret_prints_nothing_of_it() {
        PlainCredential credential = PlainCredential.of("apiKey", "fake-secret");

        String printed =
                credential.lend("apiKey", bytes -> VisibleBytes.of(bytes).toString());

        assertThat(printed).doesNotContain("fake");
    }

    private static String hint(String provider, String... namesAndValues) {
        return CATALOGUE.find(provider).orElseThrow().hint(PlainCredential.of(namesAndValues));
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
