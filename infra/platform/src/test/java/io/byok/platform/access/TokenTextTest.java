package io.byok.platform.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenTextTest {

    private static byte[] token(int fill) {
        byte[] random = new byte[TokenText.RANDOM_BYTES];
        Arrays.fill(random, (byte) fill);
        return TokenText.make("live", random);
    }

    @Test
    void the_text_of_known_bytes_never_changes() {
        assertThat(new String(token(0), US_ASCII)).isEqualTo("byok_live_" + "0".repeat(43) + "03Ta8z");
        assertThat(new String(token(255), US_ASCII))
                .isEqualTo("byok_live_yhjskwdA6OZ1AL1YmHWZWm8LLG7HjnuCA2j5rOw8Xp135Ju33");
    }

    @Test
    void what_was_made_is_read_and_different_bytes_give_different_tokens() {
        Random random = new Random(7);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[TokenText.RANDOM_BYTES];
            random.nextBytes(bytes);
            String text = new String(TokenText.make("live", bytes), US_ASCII);
            assertThat(text).matches("byok_live_[0-9A-Za-z]{49}");
            assertThat(TokenText.parse(text)).contains(text.getBytes(US_ASCII));
            assertThat(seen.add(text)).isTrue();
            assertThat(bytes).containsOnly(0);
        }
    }

    @Test
    void one_wrong_character_anywhere_is_noticed_without_asking_anybody() {
        byte[] token = token(42);
        for (int i = 0; i < token.length; i++) {
            for (char c : "0aZ_-\u00e9\u0000".toCharArray()) {
                StringBuilder wrong = new StringBuilder(new String(token, US_ASCII));
                if (wrong.charAt(i) != c) {
                    wrong.setCharAt(i, c);
                    assertThat(TokenText.parse(wrong)).as("%s", wrong).isEmpty();
                }
            }
        }
    }

    @Test
    void what_is_too_short_too_long_or_empty_is_no_token() {
        String token = new String(token(1), US_ASCII);
        for (int length = 0; length < token.length(); length++) {
            assertThat(TokenText.parse(token.substring(0, length))).isEmpty();
        }
        assertThat(TokenText.parse(token + "0")).isEmpty();
        assertThat(TokenText.parse("x".repeat(1_000_000))).isEmpty();
    }

    @Test
    void the_mask_shows_environment_and_checksum_only() {
        String token = new String(token(3), US_ASCII);

        assertThat(TokenText.mask(token(3))).isEqualTo("byok_live_..." + token.substring(token.length() - 4));
    }

    @Test
    void an_environment_is_a_short_word() {
        for (String wrong : new String[] {"", "a", "Live", "li_ve", "x".repeat(17)}) {
            assertThatThrownBy(() -> TokenText.make(wrong, new byte[32])).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
