package io.byok.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {

    @Test
    void both_forms_mean_the_same() {
        var expected =
                new DatabaseAddress("jdbc:postgresql://db.example:6543/byok?sslmode=require", "ada", "p@ss+w%rd");
        assertThat(DatabaseAddress.parse("postgresql://ada:p%40ss+w%25rd@db.example:6543/byok?sslmode=require"))
                .isEqualTo(expected);
        assertThat(DatabaseAddress.parse(
                        "jdbc:postgresql://db.example:6543/byok?user=ada&sslmode=require&password=p%40ss%2Bw%25rd"))
                .isEqualTo(expected);
    }

    @Test
    void the_port_and_the_password_may_be_left_out() {
        assertThat(DatabaseAddress.parse("postgres://ada@[::1]/byok"))
                .isEqualTo(new DatabaseAddress("jdbc:postgresql://[::1]:5432/byok", "ada", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mysql://u:hunter2@h/d",
                "postgresql://u:hunter2@h",
                "postgresql://u:hun%zzter2@h/d",
                "u:hunter2"
            })
    void anything_else_is_refused_without_being_repeated(String text) {
        assertThatThrownBy(() -> DatabaseAddress.parse(text))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("postgresql://user:password@host:port/database")
                .hasMessageNotContaining("ter2");
    }

    @Test
    void its_text_has_no_password() {
        assertThat(DatabaseAddress.parse("postgresql://ada:hunter2@h/d").toString())
                .doesNotContain("hunter2");
    }
}
