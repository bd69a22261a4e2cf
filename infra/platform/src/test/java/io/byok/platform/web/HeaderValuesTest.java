package io.byok.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderValuesTest {

    @Test
    void a_version_is_read_as_it_was_given() {
        for (long version : new long[] {0, 7, 10, 999_999_999_999_999_999L}) {
            assertThat(ExpectedVersion.parse(ExpectedVersion.etag(version))).hasValueSatisfying(expected -> {
                assertThat(expected.version()).isEqualTo(OptionalLong.of(version));
                assertThat(expected.admits(version)).isTrue();
                assertThat(expected.admits(version + 1)).isFalse();
            });
        }
        assertThat(ExpectedVersion.parse("*"))
                .hasValueSatisfying(any -> assertThat(any.admits(5)).isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"",
                "\"\"",
                "3",
                "W/\"3\"",
                "\"03\"",
                "\"-1\"",
                "\"3\", \"4\"",
                "\" 3\"",
                "\"\u0663\"",
                "\"1234567890123456789\"",
                "**"
            })
    void anything_else_is_no_version(String header) {
        assertThat(ExpectedVersion.parse(header)).isEmpty();
    }

    @Test
    void an_idempotency_key_is_1_to_255_printable_ascii_characters() {
        assertThat(IdempotencyKey.parse("a b~")).contains(new IdempotencyKey("a b~"));
        assertThat(IdempotencyKey.parse("x".repeat(255))).isPresent();
        for (String wrong : new String[] {"", "x".repeat(256), "\u00e4", "a\tb", "a\u007f"}) {
            assertThat(IdempotencyKey.parse(wrong)).as("%s", wrong).isEmpty();
        }
    }

    @Test
    void the_dangerous_scopes_are_never_implied() {
        assertThat(Scopes.NEVER_IMPLIED)
                .contains(Scopes.KEYS_RESOLVE, Scopes.USERS_ERASE)
                .isSubsetOf(Scopes.ALL);
        assertThat(Scopes.ALL).doesNotHaveDuplicates();
    }
}
