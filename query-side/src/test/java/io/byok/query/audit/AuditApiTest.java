package io.byok.query.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.kernel.Provenance;
import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.kernel.UseId;
import io.byok.kernel.access.AccessEvent;
import io.byok.kernel.access.AccessEvent.ApiTokenConfined;
import io.byok.kernel.access.AccessEvent.ApiTokenCreated;
import io.byok.kernel.access.AccessEvent.ApiTokenRevoked;
import io.byok.kernel.access.AccessEvent.WidgetTokenIssued;
import io.byok.kernel.access.Confinement;
import io.byok.kernel.key.KeyEvent.KeyVersionRetired;
import io.byok.kernel.use.Use;
import io.byok.kernel.use.UseEvent.UsesRecorded;
import io.byok.platform.event.Opened;
import io.byok.platform.event.StoredEvent;
import io.byok.query.Ledger;
import io.byok.query.ReadApi;
import io.byok.query.SampleHistory;
import io.byok.query.feed.RunningFeed;
import io.byok.query.replay.TenantHistory;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import tools.jackson.databind.JsonNode;

class AuditApiTest {

    private static Ledger ledger;
    private static SampleHistory history;
    private static MockMvc api;

    @BeforeAll
    static void begin() throws Exception {
        ledger = new Ledger();
        history = new SampleHistory(ledger, 5).grow(400);
        ledger.publish(ledger.history());
        try (RunningFeed feed = new RunningFeed(ledger)) {
            feed.reaches(ledger.end());
        }
        api = ReadApi.of(new AuditController(new AuditReader(ledger.jooq()), ReadApi.cursors(ledger)));
    }

    @AfterAll
    static void end() {
        ledger.close();
    }

    private static MockHttpServletResponse get(TenantId tenant, String query, Object... variables) throws Exception {
        return api.perform(MockMvcRequestBuilders.get("/v1/audit/events?" + query, variables)
                        .header(ReadApi.TENANT, tenant.text()))
                .andReturn()
                .getResponse();
    }

    private static List<JsonNode> walk(TenantId tenant, String query, Object... variables) throws Exception {
        List<JsonNode> facts = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = ReadApi.json(get(tenant, query + cursor, variables).getContentAsString());
            page.get("data").forEach(facts::add);
            cursor = page.get("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("nextCursor").asString();
        } while (!cursor.isEmpty());
        return facts;
    }

    /** Uses of a tenant, straight from the sealed history. */
    private static List<Use> uses(TenantId tenant) {
        List<Use> uses = new ArrayList<>();
        for (StoredEvent stored : ledger.history()) {
            if (ledger.sealing().open(stored.event()) instanceof Opened.Clear clear
                    && clear.envelope().tenant().equals(tenant)
                    && clear.envelope().event() instanceof UsesRecorded recorded) {
                uses.addAll(recorded.uses());
            }
        }
        return uses;
    }

    @Test
    void the_diary_of_a_user_tells_what_was_paid_where_that_was_reported_and_nothing_of_others() throws Exception {
        MockMvc diary = ReadApi.of(new DiaryController(
                new DiaryReader(new AuditReader(ledger.jooq()), new TenantHistory(ledger.database()), ledger.sealing()),
                ReadApi.cursors(ledger)));
        SampleHistory.User user = history.reported().getFirst().user();
        Map<String, BigDecimal> paid = new HashMap<>();
        history.reported().stream()
                .filter(one -> one.user().equals(user) && one.record().cost() != null)
                .forEach(one -> paid.merge(
                        one.record().cost().currency(), one.record().cost().amount(), BigDecimal::add));
        Map<String, BigDecimal> told = new HashMap<>();
        int entries = 0;
        String cursor = "";
        do {
            String body = diary.perform(
                            MockMvcRequestBuilders.get("/v1/audit/diary?userId={user}&limit=7" + cursor, user.userId())
                                    .header(ReadApi.TENANT, user.tenant().text()))
                    .andReturn()
                    .getResponse()
                    .getContentAsString();
            JsonNode page = ReadApi.json(body);
            for (JsonNode entry : page.get("data")) {
                entries++;
                if (!entry.get("costs").isNull()) {
                    entry.get("costs")
                            .forEach(cost -> told.merge(
                                    cost.get("currency").asString(),
                                    new BigDecimal(cost.get("amount").asString()),
                                    BigDecimal::add));
                }
            }
            cursor = page.get("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("nextCursor").asString();
        } while (!cursor.isEmpty());
        assertThat(paid).isNotEmpty();
        assertThat(told).isEqualTo(paid);
        assertThat(entries)
                .isEqualTo(walk(user.tenant(), "userId={user}", user.userId()).size());
    }

    @Test
    void every_event_and_every_single_use_is_a_fact_newest_first() throws Exception {
        for (TenantId tenant : history.tenants()) {
            List<JsonNode> facts = walk(tenant, "limit=9");
            List<Use> uses = uses(tenant);
            long others = ledger.history().stream()
                    .filter(stored -> stored.event().tenant().equals(tenant))
                    .filter(stored -> !stored.event().name().word().equals("uses-recorded"))
                    .count();
            assertThat(facts).hasSize((int) (uses.size() + others));
            assertThat(facts.stream().map(fact -> fact.get("id").asString())).doesNotHaveDuplicates();
            assertThat(facts.stream().map(fact -> -fact.get("position").asLong()))
                    .isSorted();
            List<String> used = facts.stream()
                    .filter(fact -> fact.get("action").asString().equals("key-used"))
                    .map(fact -> fact.get("details").get("useId").asString())
                    .toList();
            assertThat(used)
                    .containsExactlyElementsOf(
                            uses.reversed().stream().map(use -> use.id().text()).toList());
        }
    }

    @Test
    void a_use_says_who_used_which_key_of_whom_why_and_when() throws Exception {
        TenantId tenant = history.tenants().getFirst();
        Use use = uses(tenant).getLast();
        JsonNode fact =
                walk(tenant, "action=key-used&keyId=" + use.key().text()).getFirst();
        String userId = history.users().stream()
                .filter(user -> user.subject().equals(use.subject()))
                .findFirst()
                .orElseThrow()
                .userId();
        assertThat(fact.get("userId").asString()).isEqualTo(userId);
        assertThat(fact.get("actor").asString()).isEqualTo(use.actor());
        assertThat(fact.get("purpose").asString()).isEqualTo(use.purpose());
        assertThat(fact.get("requestId").asString()).isEqualTo(use.requestId());
        assertThat(fact.get("at").asString()).isEqualTo(use.at().toString());
        assertThat(fact.get("outcome").asString()).isEqualTo("ok");
    }

    @Test
    void filters_leave_what_they_say() throws Exception {
        SampleHistory.User user = history.users().getFirst();
        List<JsonNode> all = walk(user.tenant(), "limit=100");
        assertThat(walk(user.tenant(), "userId={user}&limit=100", user.userId()))
                .isNotEmpty()
                .isEqualTo(all.stream()
                        .filter(fact -> fact.get("userId").asString("").equals(user.userId()))
                        .toList());
        assertThat(walk(user.tenant(), "actor=" + Ledger.BY.actor() + "&limit=100"))
                .isEqualTo(all);
        assertThat(walk(user.tenant(), "actor=nobody")).isEmpty();
        String middle = all.get(all.size() / 2).get("at").asString();
        assertThat(walk(user.tenant(), "from=" + middle + "&limit=100").size()
                        + walk(user.tenant(), "to=" + middle + "&limit=100").size())
                .isEqualTo(all.size());
    }

    @Test
    void outcome_and_purpose_are_filters_too() throws Exception {
        TenantId tenant = history.tenants().getFirst();
        assertThat(walk(tenant, "purpose=chat&limit=100")).hasSameSizeAs(uses(tenant));
        assertThat(walk(tenant, "purpose=backup")).isEmpty();
        assertThat(walk(tenant, "outcome=erased")).isEmpty();
        assertThat(walk(tenant, "outcome=ok&limit=100")).isEqualTo(walk(tenant, "limit=100"));
    }

    @Test
    void the_reach_of_a_key_is_who_could_use_it_and_who_did() throws Exception {
        TenantId tenant = history.tenants().getFirst();
        Use use = uses(tenant).getLast();
        TokenId open = new TokenId(new UUID(7, 1));
        TokenId ended = new TokenId(new UUID(7, 2));
        TokenId reader = new TokenId(new UUID(7, 3));
        Instant t = Instant.parse("2026-11-20T00:00:00Z");
        token(tenant, new ApiTokenCreated(open, "app", List.of("keys:resolve"), "byok_...1", null, t));
        token(tenant, new ApiTokenCreated(ended, "old", List.of("keys:resolve"), "byok_...2", null, t));
        token(tenant, new ApiTokenRevoked(ended, "gone", t.plusSeconds(60)));
        token(tenant, new ApiTokenCreated(reader, "reader", List.of("audit:read"), "byok_...3", null, t));
        ledger.publish(ledger.history());
        try (RunningFeed feed = new RunningFeed(ledger)) {
            feed.reaches(ledger.end());
        }
        JsonNode all = reach(tenant, "keyId=" + use.key().text());
        assertThat(all.get("did").get(0).get("actor").asString()).isEqualTo(use.actor());
        assertThat(all.get("did").get(0).get("uses").asLong())
                .isEqualTo(uses(tenant).stream()
                        .filter(one -> one.key().equals(use.key()))
                        .count());
        assertThat(all.get("could").findValuesAsString("tokenId"))
                .contains(open.text(), ended.text())
                .doesNotContain(reader.text());
        JsonNode later = reach(tenant, "keyId=" + use.key().text() + "&from=2026-11-20T00:02:00Z");
        assertThat(later.get("did")).isEmpty();
        assertThat(later.get("could").findValuesAsString("tokenId"))
                .contains(open.text())
                .doesNotContain(ended.text());
        assertThat(reach(history.tenants().getLast(), "keyId=" + use.key().text())
                        .get("did"))
                .isEmpty();
    }

    @Test
    void the_reach_of_a_key_knows_widgets_and_people_and_says_what_it_cannot_know() throws Exception {
        SampleHistory.Key key = history.keys().stream()
                .filter(one -> walk(one, "key-added").size() == 1)
                .findFirst()
                .orElseThrow();
        SubjectId user = key.user.subject();
        SubjectId other = new SubjectId(new UUID(8, 99));
        Instant t = Instant.parse("2026-11-21T00:00:00Z");
        TokenId parent = new TokenId(new UUID(8, 1));
        TokenId widget = new TokenId(new UUID(8, 2));
        TokenId others = new TokenId(new UUID(8, 3));
        TokenId looks = new TokenId(new UUID(8, 4));
        TokenId confined = new TokenId(new UUID(8, 5));
        token(key.tenant, new ApiTokenCreated(parent, "site", List.of("keys:write"), "byok_...1", null, t));
        token(key.tenant, widget(widget, parent, user, "keys:write", t));
        token(key.tenant, widget(others, parent, other, "keys:write", t));
        token(key.tenant, widget(looks, parent, user, "keys:read", t));
        token(key.tenant, new ApiTokenRevoked(parent, null, t.plusSeconds(60)));
        token(key.tenant, new ApiTokenCreated(confined, "b", List.of("keys:resolve"), "byok_...2", null, t));
        token(key.tenant, new ApiTokenConfined(confined, new Confinement(List.of(other), List.of(), List.of()), t));
        changed(key, t.plusSeconds(30), new Provenance(widget.text(), "r"));
        changed(key, t.plusSeconds(40), new Provenance("oidc:dora", "r"));
        ledger.append(
                key.tenant,
                null,
                new StreamId(StreamType.USE, new UUID(8, 8)),
                new UsesRecorded(List.of(use(key, "oidc:emil", t.plusSeconds(50))), t.plusSeconds(50)));
        ledger.publish(ledger.history());
        try (RunningFeed feed = new RunningFeed(ledger)) {
            feed.reaches(ledger.end());
        }
        JsonNode seen = reach(key.tenant, "keyId=" + key.id.text() + "&from=2026-11-21T00:00:00Z");
        assertThat(seen.get("could").findValuesAsString("actor"))
                .contains("oidc:emil")
                .doesNotContain("oidc:dora", widget.text(), confined.text());
        assertThat(seen.get("couldChange").findValuesAsString("actor"))
                .contains(parent.text(), widget.text(), "oidc:dora")
                .doesNotContain("oidc:emil", others.text(), looks.text());
        JsonNode inTheBrowser = seen.get("couldChange")
                .valueStream()
                .filter(one -> one.get("actor").asString().equals(widget.text()))
                .findFirst()
                .orElseThrow();
        assertThat(inTheBrowser.get("kind").asString()).isEqualTo("widget-token");
        assertThat(inTheBrowser.get("parent").asString()).isEqualTo(parent.text());
        assertThat(inTheBrowser.get("until").asString())
                .as("with the token that made it")
                .isEqualTo(t.plusSeconds(60).toString());
        assertThat(seen.get("did").findValuesAsString("kind")).containsExactly("person");
        assertThat(seen.get("changed").findValuesAsString("actor"))
                .containsExactlyInAnyOrder(widget.text(), "oidc:dora");
        assertThat(seen.get("notKnown").toString()).contains("only the issuer knows");
        JsonNode later = reach(key.tenant, "keyId=" + key.id.text() + "&from=2026-11-21T00:02:00Z");
        assertThat(later.get("couldChange").findValuesAsString("actor")).doesNotContain(widget.text(), "oidc:dora");
        assertThat(later.get("changed")).isEmpty();
    }

    private static List<JsonNode> walk(SampleHistory.Key key, String action) {
        try {
            return walk(key.tenant, "keyId={key}&action={action}", key.id.text(), action);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static WidgetTokenIssued widget(TokenId id, TokenId parent, SubjectId user, String scope, Instant at) {
        return new WidgetTokenIssued(id, parent, user, List.of(scope), at.plusSeconds(600), at);
    }

    private static void changed(SampleHistory.Key key, Instant at, Provenance by) {
        ledger.append(key.tenant, key.user.subject(), StreamId.of(key.id), new KeyVersionRetired(key.id, 1, at), by);
    }

    private static Use use(SampleHistory.Key key, String actor, Instant at) {
        return new Use(
                new UseId(new UUID(8, 9)),
                key.id,
                1,
                key.user.subject(),
                "openai",
                "production",
                "user",
                "chat",
                null,
                actor,
                null,
                at);
    }

    @Test
    void the_trail_is_downloaded_as_lines_of_json_and_as_csv_without_formulas() throws Exception {
        MockMvc downloads = ReadApi.of(new AuditDownloadController(new AuditReader(ledger.jooq())));
        TenantId tenant = history.tenants().getFirst();
        String query = "?action=key-used";
        List<String> lines = download(downloads, tenant, "/v1/audit/events.jsonl" + query)
                .lines()
                .toList();
        assertThat(lines.stream().map(ReadApi::json))
                .containsExactlyElementsOf(walk(tenant, "action=key-used&limit=100"));
        List<String> rows = download(downloads, tenant, "/v1/audit/events.csv" + query)
                .lines()
                .toList();
        assertThat(rows.getFirst()).startsWith("\"id\",\"at\",\"action\"");
        assertThat(rows).hasSize(lines.size() + 1);
        StringWriter text = new StringWriter();
        new Csv(text).line("=1+1", null, "a \"b\"", 7, "@x");
        assertThat(text).hasToString("\"'=1+1\",,\"a \"\"b\"\"\",\"7\",\"'@x\"\r\n");
    }

    private static String download(MockMvc downloads, TenantId tenant, String path) throws Exception {
        return downloads
                .perform(MockMvcRequestBuilders.get(path).header(ReadApi.TENANT, tenant.text()))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    private static void token(TenantId tenant, AccessEvent event) {
        ledger.append(tenant, null, StreamId.of(event.token()), event);
    }

    private static JsonNode reach(TenantId tenant, String query) throws Exception {
        MockHttpServletResponse answer = ReadApi.of(new ReachController(new ReachReader(ledger.jooq())))
                .perform(MockMvcRequestBuilders.get("/v1/audit/reach?" + query).header(ReadApi.TENANT, tenant.text()))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).isEqualTo(200);
        return ReadApi.json(answer.getContentAsString());
    }

    @Test
    void another_tenants_facts_are_not_shown() throws Exception {
        SampleHistory.Key key = history.keys().getFirst();
        TenantId other = history.tenants().stream()
                .filter(tenant -> !tenant.equals(key.tenant))
                .findFirst()
                .orElseThrow();
        assertThat(walk(key.tenant, "keyId=" + key.id.text())).isNotEmpty();
        assertThat(walk(other, "keyId=" + key.id.text())).isEmpty();
        assertThat(walk(other, "userId={user}", key.user.userId())).isEmpty();
    }

    @Test
    void a_cursor_of_another_list_or_filter_is_refused() throws Exception {
        TenantId tenant = history.tenants().getFirst();
        String cursor = ReadApi.json(get(tenant, "limit=1").getContentAsString())
                .get("nextCursor")
                .asString();
        assertThat(get(tenant, "action=key-used&cursor=" + cursor).getContentAsString())
                .isEqualTo("cursor-invalid");
        assertThat(get(history.tenants().getLast(), "cursor=" + cursor).getContentAsString())
                .isEqualTo("cursor-invalid");
        assertThat(get(tenant, "keyId=nonsense").getContentAsString()).isEqualTo("parameter-invalid");
    }
}
