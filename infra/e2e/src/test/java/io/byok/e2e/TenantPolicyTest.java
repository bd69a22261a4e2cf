package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The wall between tenants that stands in the database: what is left when statements forget their tenant. */
class TenantPolicyTest {

    private static final String MACHINERY = "rows of all tenants, read by the machinery: append, relay, feed, sweeps";
    private static final String COMMAND = "read by the command side, where a wall costs a round trip (decision 0013)";
    private static final String WHO = "read to find out who the caller is, before there is a tenant";
    private static final String WRAPPED = "wrapped keys, read by the sealing; byok_query sees the events chain's only";

    /** Tables that name a tenant and have no policy for one, and why. */
    private static final Map<String, String> NOT_WALLED = Map.ofEntries(
            Map.entry("log.event", MACHINERY),
            Map.entry("head.usage_seen", MACHINERY),
            Map.entry("head.erasure", MACHINERY),
            Map.entry("head.tenant_erasure", MACHINERY),
            Map.entry("head.key_health", MACHINERY),
            Map.entry("head.idempotency", COMMAND),
            Map.entry("head.tenant_head", COMMAND),
            Map.entry("head.key_head", COMMAND),
            Map.entry("head.chain_head", COMMAND),
            Map.entry("head.subject_ref", COMMAND),
            Map.entry("head.legal_hold", COMMAND),
            Map.entry("head.retention", COMMAND),
            Map.entry("log.pruned_use", MACHINERY),
            Map.entry("log.reading", MACHINERY),
            Map.entry("log.replay_note", MACHINERY),
            Map.entry("vault.credential", COMMAND),
            Map.entry("vault.credential_key", COMMAND),
            Map.entry("access.api_token", WHO),
            Map.entry("access.suspended_tenant", WHO),
            Map.entry("keyring.tenant_kek", WRAPPED),
            Map.entry("keyring.data_key", WRAPPED),
            Map.entry("keyring.rotation", WRAPPED),
            Map.entry("keyring.kek_tombstone", WRAPPED),
            Map.entry("keyring.tombstone", WRAPPED));

    private static final String TABLES_WITH_A_TENANT = "select n.nspname || '.' || c.relname from pg_class c"
            + " join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid"
            + " where c.relkind in ('r', 'p') and not c.relispartition and a.attname = 'tenant' and not a.attisdropped"
            + " and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^view_'"
            + " and c.relpersistence <> 't'"; // rows under way, seen by one connection and gone with its transaction

    private static String tenant = "";

    @BeforeAll
    static void two_tenants_have_everything() {
        Api ours = SharedServer.control();
        Api theirs = SharedServer.SERVER
                .anonymous()
                .token(ours.post("/v1/tenants", "{\"name\":\"p-" + UUID.randomUUID() + "\"}")
                        .expect(201)
                        .string("/token"));
        for (Api each : List.of(ours, theirs)) {
            each.post(Credentials.keysOf(Credentials.user()), Credentials.add("openai", Credentials.openai()))
                    .expect(201);
        }
        ours.since(SharedServer.DATABASE.lastPosition()).get("/v1/keys").expect(200);
        tenant = SharedServer.DATABASE
                .rows("select tenant from log.event order by position desc limit 1")
                .getFirst();
    }

    @Test
    void every_table_with_a_tenant_has_a_forced_policy_or_a_reason() {
        // What a rebuild made anew is held to the same.
        Replays.run(SharedServer.control(), "all", "rebuild");
        List<String> open = SharedServer.DATABASE.rows(
                TABLES_WITH_A_TENANT + " and not (c.relrowsecurity and"
                        + " c.relforcerowsecurity and exists (select from pg_policy where polrelid = c.oid and polname = 'tenant'))");
        assertThat(open).noneMatch(table -> table.startsWith("view."));
        assertThat(open).as("tables with a tenant and without a policy").isSubsetOf(NOT_WALLED.keySet());
        assertThat(SharedServer.DATABASE.rows("select relname from pg_class where oid = 'view.key_health'::regclass and"
                        + " relrowsecurity and relforcerowsecurity"))
                .hasSize(1);
    }

    @Test
    void a_request_that_forgets_its_tenant_sees_its_own_rows_only() throws SQLException {
        try (Connection request = asRequest(tenant)) {
            for (String table : walled()) {
                assertThat(number(request, "select count(*) from " + table + " where tenant <> '" + tenant + "'"))
                        .as(table)
                        .isZero();
            }
            assertThat(number(request, "select count(*) from view.key_view")).isPositive();
        }
        assertThat(SharedServer.DATABASE.number("select count(*) from view.key_view where tenant <> '" + tenant + "'"))
                .as("there is something to hide")
                .isPositive();
    }

    @Test
    void without_a_tenant_there_are_no_rows() throws SQLException {
        try (Connection request = asRequest("")) {
            for (String table : walled()) {
                assertThat(number(request, "select count(*) from " + table))
                        .as(table)
                        .isZero();
            }
        }
    }

    @Test
    void a_request_can_neither_write_nor_reach_what_is_behind_the_views() throws SQLException {
        for (String sql : List.of(
                "delete from view.key_view",
                "select * from view.parked",
                "select * from log.event",
                "select * from head.key_head",
                "select * from vault.credential",
                "select * from access.api_token",
                "select * from keyring.tenant_kek",
                "alter table view.key_view no force row level security")) {
            try (Connection request = asRequest(tenant);
                    Statement statement = request.createStatement()) {
                assertThatThrownBy(() -> statement.execute(sql))
                        .as(sql)
                        .isInstanceOf(SQLException.class)
                        .extracting(denied -> ((SQLException) denied).getSQLState())
                        .isEqualTo("42501");
            }
        }
    }

    private static List<String> walled() {
        List<String> tables =
                SharedServer.DATABASE.rows(TABLES_WITH_A_TENANT + " and n.nspname = 'view' and c.relname <> 'parked'");
        assertThat(tables).hasSizeGreaterThan(8);
        return tables;
    }

    private static Connection asRequest(String tenant) throws SQLException {
        Connection connection = SharedServer.DATABASE.access().connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("set role byok_request; set byok.tenant = '" + tenant + "'");
        }
        return connection;
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
