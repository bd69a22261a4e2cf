package io.byok.query.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.kernel.KeyId;
import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.platform.web.Caller;
import io.byok.query.Ledger;
import io.byok.query.ReadApi;
import io.byok.query.audit.AuditController;
import io.byok.query.audit.AuditReader;
import java.lang.reflect.Method;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

class AuditedReadsTest {

    private static final TenantId TENANT = new TenantId(new UUID(1, 1));
    private static final TenantId OTHER = new TenantId(new UUID(1, 2));
    private static final UUID SUBJECT = new UUID(5, 5);
    private static final String EVENTS = "/v1/audit/events";

    private static Ledger ledger;
    private static DSLContext database;

    private final AuditedReads reads = new AuditedReads(new Trail(database, InstantSource.system()), database);

    @BeforeAll
    static void begin() {
        ledger = new Ledger();
        database = ledger.jooq();
        database.execute("insert into view.audit_subject values (?, ?, 'ada')", TENANT.value(), SUBJECT);
    }

    @AfterAll
    static void end() {
        ledger.close();
    }

    @BeforeEach
    void nothing_is_noted() {
        database.execute("truncate log.reading");
    }

    private static HandlerMethod handler(Object controller) {
        Method any =
                Arrays.stream(controller.getClass().getMethods()).findFirst().orElseThrow();
        return new HandlerMethod(controller, any);
    }

    private void read(TenantId tenant, String path, Map<String, String> parameters) {
        read(tenant, path, new AuditController(new AuditReader(database), ReadApi.cursors(ledger)), parameters);
    }

    private void read(TenantId tenant, String path, Object controller, Map<String, String> parameters) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/anything");
        parameters.forEach(request::addParameter);
        request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, path);
        request.setAttribute(
                Caller.class.getName(), new Caller(tenant, new TokenId(new UUID(2, 7)), Set.of(), "req-1"));
        assertThat(reads.preHandle(request, new MockHttpServletResponse(), handler(controller)))
                .isTrue();
    }

    private void read(String path) {
        read(TENANT, path, Map.of());
    }

    private static List<Record> noted() {
        return List.copyOf(database.fetch("select * from log.reading order by id"));
    }

    @Test
    void a_read_is_on_record_before_it_is_answered_with_who_and_what_about() {
        KeyId key = ownKey(3);
        read(TENANT, EVENTS, Map.of("keyId", key.text(), "userId", "ada", "action", "key-used"));
        assertThat(noted()).singleElement().satisfies(row -> {
            assertThat(row.get("tenant")).isEqualTo(TENANT.value());
            assertThat(row.get("actor")).isEqualTo(new TokenId(new UUID(2, 7)).text());
            assertThat(row.get("operation")).isEqualTo("GET " + EVENTS);
            assertThat(row.get("key")).isEqualTo(key.value());
            assertThat(row.get("subject")).isEqualTo(SUBJECT);
            assertThat(row.get("times", Long.class)).isOne();
        });
    }

    private static KeyId ownKey(int number) {
        KeyId key = new KeyId(new UUID(4, number));
        database.execute(
                "insert into view.audit_event (position, item, tenant, at, action, outcome, stream, key, event_id, details)"
                        + " values (?, 0, ?, now(), 'key-added', 'ok', 'key/x', ?, ?, '{}') on conflict do nothing",
                1_000 + number,
                TENANT.value(),
                key.value(),
                new UUID(6, number));
        return key;
    }

    @Test
    void a_name_of_nobody_and_one_of_another_tenants_user_are_written_nowhere() {
        read(TENANT, EVENTS, Map.of("userId", "nobody", "keyId", "no key"));
        read(OTHER, EVENTS, Map.of("userId", "ada", "keyId", ownKey(9).text()));
        assertThat(noted()).hasSize(2).allSatisfy(row -> {
            assertThat(row.get("subject")).isNull();
            assertThat(row.get("key")).isNull();
            assertThat(row.toString()).doesNotContain("nobody").doesNotContain("ada");
        });
    }

    @Test
    void readers_at_once_are_all_counted_in_one_row() {
        int readers = 64;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < readers; i++) {
                threads.execute(() -> read(EVENTS));
            }
        }
        assertThat(noted())
                .singleElement()
                .satisfies(row -> assertThat(row.get("times", Long.class)).isEqualTo(readers));
    }

    @Test
    void beyond_a_bound_kinds_are_one_count_and_none_is_uncounted() {
        int more = 20;
        for (int key = 0; key < Trail.MOST_OF_A_TENANT + more; key++) {
            read(TENANT, EVENTS, Map.of("keyId", ownKey(key).text()));
        }
        read(TENANT, EVENTS, Map.of("keyId", ownKey(0).text()));
        assertThat(noted()).hasSize(Trail.MOST_OF_A_TENANT + 1);
        assertThat(noted().getLast().get("operation")).isEqualTo("many");
        assertThat(noted().getLast().get("times", Long.class)).isEqualTo(more);
        assertThat(noted().getFirst().get("times", Long.class))
                .as("one that is known")
                .isEqualTo(2);
    }

    @Test
    void what_is_published_anyhow_and_what_is_no_audit_is_no_read_of_it() {
        read("/v1/audit/checkpoint");
        read("/v1/audit/signing-key");
        read(TENANT, "/v1/keys", new Object(), Map.of());
        assertThat(noted()).isEmpty();
    }

    @Test
    void who_cannot_be_put_on_record_reads_nothing() {
        database.execute("alter table log.reading rename to reading_away");
        try {
            assertThatThrownBy(() -> read(EVENTS)).isInstanceOf(RuntimeException.class);
        } finally {
            database.execute("alter table log.reading_away rename to reading");
        }
    }
}
