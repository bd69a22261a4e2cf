package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database itself lets the query side do, whatever its code would like. */
class QueryRoleTest {

    @BeforeAll
    static void something_is_stored() {
        SharedServer.control()
                .post("/v1/users/query-role/keys", Credentials.add("openai", Credentials.openai()))
                .expect(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) from vault.credential",
                "select count(*) from vault.credential_key",
                "select count(*) from head.key_head",
                "select count(*) from head.subject_ref",
                "insert into log.relay (lane, position) values (7, 0)",
                "insert into access.api_token select * from access.api_token limit 1",
                "update access.api_token set revoked_at = null",
                "delete from keyring.data_key",
                "update keyring.tenant_kek set wrapped = ''",
                "delete from log.event",
                "set role postgres"
            })
    void the_query_side_can_neither_read_credentials_nor_change_what_is_not_its_own(String sql) throws SQLException {
        try (Connection query = asQuerySide();
                Statement statement = query.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql))
                    .isInstanceOf(SQLException.class)
                    .extracting(denied -> ((SQLException) denied).getSQLState())
                    .isEqualTo("42501");
        }
    }

    @Test
    void the_query_side_sees_the_keys_of_events_and_none_above_a_credential() throws SQLException {
        try (Connection query = asQuerySide()) {
            assertThat(count(query, "select count(*) from keyring.tenant_kek where chain = 1"))
                    .isPositive();
            assertThat(count(query, "select count(*) from keyring.tenant_kek where chain = 2"))
                    .isZero();
            assertThat(count(query, "select count(*) from keyring.data_key")).isPositive();
            assertThat(count(query, "select count(*) from log.event")).isPositive();
        }
        try (Connection owner = SharedServer.DATABASE.access().connect()) {
            assertThat(count(owner, "select count(*) from keyring.tenant_kek where chain = 2"))
                    .as("there is something to hide")
                    .isPositive();
        }
    }

    private static Connection asQuerySide() throws SQLException {
        Connection connection = SharedServer.DATABASE.access().connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("set role byok_query");
        }
        return connection;
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
