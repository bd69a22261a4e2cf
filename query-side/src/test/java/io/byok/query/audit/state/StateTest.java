package io.byok.query.audit.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.kernel.ChainId;
import io.byok.kernel.DomainEvent;
import io.byok.kernel.KeyId;
import io.byok.kernel.StreamId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.kernel.access.AccessEvent;
import io.byok.kernel.access.AccessEvent.ApiTokenCreated;
import io.byok.kernel.access.AccessEvent.ApiTokenRevoked;
import io.byok.kernel.access.AccessEvent.WidgetTokenIssued;
import io.byok.kernel.chain.ChainEvent.ChainRemoved;
import io.byok.kernel.chain.ChainEvent.ChainSet;
import io.byok.kernel.chain.ChainPolicy;
import io.byok.kernel.key.KeyEvent;
import io.byok.kernel.key.KeyEvent.KeyAdded;
import io.byok.kernel.key.KeyEvent.KeyDeleted;
import io.byok.kernel.key.KeyEvent.KeyDisabled;
import io.byok.kernel.key.KeyEvent.KeyEnabled;
import io.byok.kernel.key.KeyEvent.KeyRotated;
import io.byok.kernel.key.KeyLabel;
import io.byok.kernel.key.KeyPolicy;
import io.byok.kernel.tenant.TenantEvent.TenantCreated;
import io.byok.kernel.tenant.TenantEvent.TenantResumed;
import io.byok.kernel.tenant.TenantEvent.TenantSuspended;
import io.byok.query.Ledger;
import io.byok.query.ReadApi;
import io.byok.query.SampleHistory;
import io.byok.query.Shredder;
import io.byok.query.feed.RunningFeed;
import io.byok.query.replay.TenantHistory;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import tools.jackson.databind.JsonNode;

class StateTest {

    private static final Instant T = Instant.parse("2026-03-01T00:00:00Z");
    private static final TenantId TENANT = new TenantId(new UUID(1, 1));
    private static final SubjectId ADA = new SubjectId(new UUID(2, 1));
    private static final SubjectId BOB = new SubjectId(new UUID(2, 2));
    private static final KeyId KEY = new KeyId(new UUID(3, 1));
    private static final KeyId OTHERS = new KeyId(new UUID(3, 2));
    private static final ChainId CHAIN = new ChainId(new UUID(4, 1));
    private static final TokenId TOKEN = new TokenId(new UUID(5, 1));
    private static final TokenId WIDGET = new TokenId(new UUID(5, 2));

    private static Ledger ledger;
    private static MockMvc api;

    @BeforeAll
    static void begin() throws Exception {
        ledger = new Ledger();
        ledger.append(TENANT, null, StreamId.of(TENANT), new TenantCreated(TENANT, "acme", day(0)));
        token(new ApiTokenCreated(TOKEN, "ci", List.of("keys:read", "keys:resolve"), "m", day(60), day(1)));
        token(new WidgetTokenIssued(WIDGET, TOKEN, ADA, List.of("keys:read"), day(30), day(2)));
        key(ADA, added(KEY, "ada", null, day(3)));
        key(BOB, added(OTHERS, "bob", day(20), day(3)));
        about(ADA, StreamId.of(CHAIN), chain(day(4)));
        key(ADA, new KeyRotated(KEY, 2, "h", "f", day(7), day(5)));
        key(ADA, new KeyDisabled(KEY, "odd", day(8)));
        ledger.append(TENANT, null, StreamId.of(TENANT), new TenantSuspended(TENANT, "unpaid", day(9)));
        ledger.append(TENANT, null, StreamId.of(TENANT), new TenantResumed(TENANT, null, day(10)));
        key(ADA, new KeyEnabled(KEY, null, day(11)));
        about(ADA, StreamId.of(CHAIN), new ChainRemoved(CHAIN, day(12)));
        token(new ApiTokenRevoked(TOKEN, "left", day(13)));
        key(ADA, new KeyDeleted(KEY, null, day(14)));
        ledger.publish(ledger.history());
        try (RunningFeed feed = new RunningFeed(ledger)) {
            feed.reaches(ledger.end());
        }
        api = ReadApi.of(new StateController(
                new StateReader(ledger.jooq(), new TenantHistory(ledger.database()), ledger.sealing(), () -> day(60))));
    }

    @AfterAll
    static void end() {
        ledger.close();
    }

    private static Instant day(int day) {
        return T.plusSeconds(86_400L * day);
    }

    private static KeyAdded added(KeyId key, String userId, Instant expiresAt, Instant at) {
        return new KeyAdded(
                key,
                userId,
                "openai",
                "production",
                new KeyLabel(null, null, List.of()),
                new KeyPolicy(expiresAt, 0, false),
                "h",
                "f",
                at);
    }

    private static ChainSet chain(Instant at) {
        return new ChainSet(
                CHAIN,
                "ada",
                "openai",
                "production",
                new ChainPolicy(List.of(KEY), "never", List.of("rate-limited"), 1, 0),
                at);
    }

    private static void token(AccessEvent event) {
        ledger.append(TENANT, null, StreamId.of(event.token()), event);
    }

    private static void key(SubjectId subject, KeyEvent event) {
        about(subject, StreamId.of(event.key()), event);
    }

    private static void about(SubjectId subject, StreamId stream, DomainEvent event) {
        ledger.append(TENANT, subject, stream, event);
    }

    private static MockHttpServletResponse get(TenantId tenant, String query) throws Exception {
        return api.perform(
                        MockMvcRequestBuilders.get("/v1/audit/state?" + query).header(ReadApi.TENANT, tenant.text()))
                .andReturn()
                .getResponse();
    }

    private static JsonNode at(int day) throws Exception {
        return at(day, "");
    }

    private static JsonNode at(int day, String more) throws Exception {
        return ReadApi.json(get(TENANT, "at=" + day(day).plusSeconds(1) + more).getContentAsString());
    }

    private static JsonNode key(JsonNode state, KeyId key) {
        return state.get("keys")
                .valueStream()
                .filter(one -> one.get("id").asString().equals(key.text()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void before_anything_happened_nothing_was_valid() throws Exception {
        JsonNode state = at(0);
        assertThat(state.get("keys").size()).isZero();
        assertThat(state.get("tokens").size()).isZero();
        assertThat(state.get("chains").size()).isZero();
    }

    @Test
    void a_key_is_told_with_the_versions_that_served_then_and_why_it_did_not() throws Exception {
        assertThat(key(at(3), KEY).get("versions").toString()).isEqualTo("[1]");
        assertThat(key(at(6), KEY).get("versions").toString()).as("the overlap").isEqualTo("[2,1]");
        assertThat(key(at(7), KEY).get("versions").toString()).isEqualTo("[2]");
        JsonNode disabled = key(at(8), KEY);
        assertThat(disabled.get("status").asString()).isEqualTo("disabled");
        assertThat(disabled.get("valid").asBoolean()).isFalse();
        assertThat(disabled.get("versions").size()).isZero();
        assertThat(key(at(11), KEY).get("valid").asBoolean()).isTrue();
        assertThat(key(at(19), OTHERS).get("status").asString()).isEqualTo("active");
        assertThat(key(at(20), OTHERS).get("status").asString()).isEqualTo("expired");
        assertThat(at(14).get("keys").size()).as("a deleted key is not there").isOne();
    }

    @Test
    void chains_scopes_and_the_suspension_are_those_of_then() throws Exception {
        assertThat(at(4).get("chains").get(0).get("keys").toString()).isEqualTo("[\"" + KEY.text() + "\"]");
        assertThat(at(12).get("chains").size()).isZero();
        assertThat(at(5).get("tokens").get(0).get("scopes").toString()).isEqualTo("[\"keys:read\",\"keys:resolve\"]");
        assertThat(at(5).get("tokens").get(1).get("parent").asString()).isEqualTo(TOKEN.text());
        assertThat(at(13).get("tokens").size())
                .as("nor does a widget token open when its parent does not")
                .isZero();
        assertThat(at(9).get("suspended").asBoolean()).isTrue();
        assertThat(at(10).get("suspended").asBoolean()).isFalse();
    }

    @Test
    void one_user_can_be_asked_for_and_another_tenant_sees_nothing() throws Exception {
        assertThat(at(6, "&userId=bob").get("keys").size()).isOne();
        assertThat(at(6, "&userId=bob").get("chains").size()).isZero();
        assertThat(at(6, "&userId=nobody").get("keys").size()).isZero();
        JsonNode other =
                ReadApi.json(get(new TenantId(new UUID(1, 2)), "at=2026-04-01").getContentAsString());
        assertThat(other.get("keys").size() + other.get("tokens").size()).isZero();
    }

    @Test
    void a_time_must_be_named() throws Exception {
        assertThat(get(TENANT, "").getStatus()).isEqualTo(400);
        assertThat(get(TENANT, "at=yesterday").getStatus()).isEqualTo(400);
    }

    @Test
    void nobody_is_told_what_will_be() throws Exception {
        assertThat(get(TENANT, "at=" + day(60)).getStatus()).isEqualTo(200);
        assertThat(get(TENANT, "at=" + day(60).plusSeconds(1)).getStatus()).isEqualTo(400);
    }

    @Test
    void of_an_erased_user_it_is_told_that_there_was_a_key_and_nothing_else() throws Exception {
        try (Ledger erased = new Ledger()) {
            SampleHistory history = new SampleHistory(erased, 3);
            SampleHistory.Key key = history.addKey(history.addUser());
            new Shredder(erased, history).erase(key.user);
            Instant late = Instant.parse("2100-01-01T00:00:00Z");
            StateView state = new StateReader(
                            erased.jooq(), new TenantHistory(erased.database()), erased.sealing(), () -> late)
                    .at(key.tenant, late, null);
            assertThat(state.keys()).singleElement().satisfies(one -> {
                assertThat(one.id()).isEqualTo(key.id.text());
                assertThat(one.status()).isEqualTo("erased");
                assertThat(one.userId()).isNull();
            });
            assertThat(state.chains()).isEmpty();
        }
    }
}
