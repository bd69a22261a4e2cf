package io.byok.command.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.platform.seal.EnvironmentRoot;
import io.byok.platform.seal.Keyring;
import io.byok.platform.seal.LookupHash;
import io.byok.platform.seal.SealBroken;
import io.byok.platform.seal.TenantKeks;
import io.byok.testkit.TestDatabase;
import io.byok.testkit.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CredentialVaultTest {

    private static final String ROOT = "c2c95f1e8a4370b6d1f3097be5a82c46907d3e6fb1845a0c2fe9d763b04a81e5";

    private final TestDatabase database = TestPostgres.freshDatabase("db/platform", "db/command");
    private final CredentialVault vault = node();

    private final TenantId tenant = new TenantId(UUID.randomUUID());
    private final SubjectId subject = new SubjectId(UUID.randomUUID());
    private final KeyId key = new KeyId(UUID.randomUUID());

    private CredentialVault node() {
        TenantKeks keks = new TenantKeks(database.dataSource(), EnvironmentRoot.roots(ROOT));
        return new CredentialVault(
                database.dataSource(), keks, new LookupHash(new Keyring(database.dataSource(), keks)));
    }

    @Test
    void what_one_node_stores_another_opens_field_by_field() throws SQLException {
        store(1, credential("accountSid", "AC1", "authToken", "secret-token"));
        try (Credential opened = node().open(tenant, subject, key, 1).orElseThrow()) {
            assertThat(opened.names()).containsExactly("accountSid", "authToken");
            assertThat(text(opened, "authToken")).isEqualTo("secret-token");
        }
    }

    @Test
    void what_is_kept_opened_of_a_destroyed_key_is_forgotten_at_once() throws SQLException {
        KeyId other = new KeyId(UUID.randomUUID());
        store(1, credential("apiKey", "one"));
        store(2, credential("apiKey", "two"));
        write(vault.seal(tenant, subject, other, 1, credential("apiKey", "theirs")));
        try (OpenedCredentials opened = new OpenedCredentials(vault, 10, Duration.ofMinutes(1))) {
            OpenedCredentials.Name first = new OpenedCredentials.Name(tenant, subject, key, 1, 0);
            OpenedCredentials.Name second = new OpenedCredentials.Name(tenant, subject, key, 2, 0);
            OpenedCredentials.Name theirs = new OpenedCredentials.Name(tenant, subject, other, 1, 0);
            for (OpenedCredentials.Name name : List.of(first, second, theirs)) {
                opened.open(name).orElseThrow().close();
                opened.peek(name).orElseThrow().close();
            }
            opened.forget(key);
            assertThat(opened.peek(first)).isEmpty();
            assertThat(opened.peek(second)).isEmpty();
            assertThat(text(opened.peek(theirs).orElseThrow(), "apiKey")).isEqualTo("theirs");
        }
    }

    @Test
    void a_later_version_uses_the_same_data_key() throws SQLException {
        store(1, credential("apiKey", "one"));
        store(2, credential("apiKey", "two"));
        assertThat(text(vault.open(tenant, subject, key, 1).orElseThrow(), "apiKey"))
                .isEqualTo("one");
        assertThat(text(vault.open(tenant, subject, key, 2).orElseThrow(), "apiKey"))
                .isEqualTo("two");
        assertThat(count("select count(*) from vault.credential_key")).isEqualTo(1);
    }

    @Test
    void many_are_written_at_once_and_all_or_none() throws SQLException {
        KeyId other = new KeyId(UUID.randomUUID());
        SealedCredential first = vault.seal(tenant, subject, key, 1, credential("apiKey", "one"));
        SealedCredential second = vault.seal(tenant, subject, other, 1, credential("a", "1", "b", "2"));
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            vault.write(connection, List.of(first, second));
            connection.rollback();
            assertThat(vault.open(tenant, subject, key, 1)).isEmpty();
            vault.write(connection, List.of(first, second));
            connection.commit();
        }
        assertThat(text(vault.open(tenant, subject, other, 1).orElseThrow(), "b"))
                .isEqualTo("2");
        assertThatThrownBy(() -> write(vault.seal(tenant, subject, key, 1, credential("apiKey", "again"))))
                .isInstanceOf(SQLException.class);
        assertThat(text(vault.open(tenant, subject, key, 1).orElseThrow(), "apiKey"))
                .isEqualTo("one");
    }

    @Test
    void nobody_else_s_credential_opens() throws SQLException {
        store(1, credential("apiKey", "one"));
        assertThat(vault.open(new TenantId(UUID.randomUUID()), subject, key, 1)).isEmpty();
        assertThat(vault.open(tenant, new SubjectId(UUID.randomUUID()), key, 1)).isEmpty();
        assertThat(vault.open(tenant, subject, new KeyId(UUID.randomUUID()), 1)).isEmpty();
        assertThat(vault.open(tenant, subject, key, 2)).isEmpty();
    }

    @Test
    void rows_moved_within_the_database_do_not_open() throws SQLException {
        KeyId other = new KeyId(UUID.randomUUID());
        SubjectId thief = new SubjectId(UUID.randomUUID());
        store(1, credential("apiKey", "victim", "org", "o"));
        write(vault.seal(tenant, thief, other, 1, credential("apiKey", "thief", "org", "o")));
        for (String move : List.of(
                "update vault.credential set subject = '" + thief.value() + "' where key = '" + key.value() + "'",
                "update vault.credential t set sealed = v.sealed from vault.credential v where v.key = '" + key.value()
                        + "' and t.key = '" + other.value() + "'",
                "update vault.credential_key t set wrapped = v.wrapped from vault.credential_key v where v.key = '"
                        + key.value() + "' and t.key = '" + other.value() + "'",
                "update vault.credential set version = 2 where key = '" + key.value() + "'",
                "update vault.credential set fields = array['org', 'apiKey'] where key = '" + key.value() + "'",
                "update vault.credential set sealed = array[sealed[1], null] where key = '" + key.value() + "'",
                "update vault.credential set sealed = array[sealed[1], sealed[1]], fields = array[fields[1], fields[1]]"
                        + " where key = '" + key.value() + "'",
                "update vault.credential set sealed = array[sealed[2], sealed[1]] where key = '" + key.value() + "'")) {
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                List<String> before = rows(connection);
                statement.execute(move);
                assertThat(rows(connection)).isNotEqualTo(before);
            }
            assertThat(openedAfterMove(thief, other)).as(move).isFalse();
            execute("truncate vault.credential, vault.credential_key");
            store(1, credential("apiKey", "victim", "org", "o"));
            write(vault.seal(tenant, thief, other, 1, credential("apiKey", "thief", "org", "o")));
        }
    }

    /** Whether every credential that can still be asked for opens. */
    private boolean openedAfterMove(SubjectId thief, KeyId other) {
        try {
            vault.open(tenant, subject, key, 1);
            vault.open(tenant, subject, key, 2);
            vault.open(tenant, thief, key, 1);
            vault.open(tenant, thief, other, 1);
            return true;
        } catch (SealBroken broken) {
            return false;
        }
    }

    @Test
    void a_destroyed_version_is_gone_and_the_others_stay() throws SQLException {
        store(1, credential("apiKey", "one"));
        store(2, credential("apiKey", "two"));
        try (Connection connection = database.connect()) {
            vault.destroy(connection, key, 1);
        }
        assertThat(vault.open(tenant, subject, key, 1)).isEmpty();
        assertThat(vault.open(tenant, subject, key, 2)).isPresent();
    }

    @Test
    void a_destroyed_key_leaves_nothing_that_opens() throws SQLException {
        store(1, credential("apiKey", "one"));
        store(2, credential("apiKey", "two"));
        try (Connection connection = database.connect()) {
            vault.destroyAll(connection, tenant, key, Instant.EPOCH);
        }
        assertThat(vault.open(tenant, subject, key, 1)).isEmpty();
        assertThat(vault.open(tenant, subject, key, 2)).isEmpty();
        assertThat(count("select count(*) from vault.credential") + count("select count(*) from vault.credential_key"))
                .isZero();
        assertThat(count("select count(*) from keyring.tombstone where kind = 4 and owner = '" + key.value() + "'"))
                .as("what was destroyed on purpose has a tombstone")
                .isEqualTo(1);
        assertThatThrownBy(() -> vault.seal(tenant, subject, key, 3, credential("apiKey", "three")))
                .isInstanceOf(CredentialDestroyed.class);
    }

    @Test
    void nothing_in_the_tables_shows_the_secret() throws SQLException {
        store(1, credential("apiKey", "sk-canary-0123456789"));
        String hex = HexFormat.of().formatHex("sk-canary".getBytes(StandardCharsets.UTF_8));
        try (Connection connection = database.connect()) {
            assertThat(rows(connection)).hasSize(1).noneMatch(row -> row.contains("canary") || row.contains(hex));
        }
    }

    @Test
    void fingerprints_know_a_credential_again_within_its_tenant_and_provider() {
        String print = vault.fingerprint(tenant, "twilio", credential("a", "1", "b", "2"));
        assertThat(print).matches("[0-9a-f]{32}");
        assertThat(node().fingerprint(tenant, "twilio", credential("b", "2", "a", "1")))
                .isEqualTo(print);
        assertThat(vault.fingerprint(tenant, "twilio", credential("a", "1", "b", "3")))
                .isNotEqualTo(print);
        assertThat(vault.fingerprint(tenant, "twilio", credential("a", "2", "b", "1")))
                .isNotEqualTo(print);
        assertThat(vault.fingerprint(tenant, "twilio", credential("a", "12", "b", "")))
                .isNotEqualTo(print);
        assertThat(vault.fingerprint(tenant, "openai", credential("a", "1", "b", "2")))
                .isNotEqualTo(print);
        assertThat(vault.fingerprint(new TenantId(UUID.randomUUID()), "twilio", credential("a", "1", "b", "2")))
                .isNotEqualTo(print);
    }

    private void store(int version, Credential credential) throws SQLException {
        write(vault.seal(tenant, subject, key, version, credential));
    }

    private void write(SealedCredential sealed) throws SQLException {
        try (Connection connection = database.connect()) {
            vault.write(connection, List.of(sealed));
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long count(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static List<String> rows(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select c::text || k::text from vault.credential c"
                        + " join vault.credential_key k on k.key = c.key order by 1")) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    private static Credential credential(String... namesAndValues) {
        Map<String, SecretBytes> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], SecretBytes.owning(namesAndValues[i + 1].getBytes(StandardCharsets.UTF_8)));
        }
        return new Credential(fields);
    }

    private static String text(Credential credential, String field) {
        return credential.field(field).orElseThrow().exposeForUse(secret -> new String(secret, StandardCharsets.UTF_8));
    }
}
