package io.byok.query.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.kernel.KeyId;
import io.byok.kernel.StreamId;
import io.byok.kernel.StreamType;
import io.byok.kernel.TenantId;
import io.byok.kernel.UseId;
import io.byok.kernel.key.KeyEvent.KeyAdded;
import io.byok.kernel.key.KeyEvent.KeyDisabled;
import io.byok.kernel.key.KeyEvent.KeyRotated;
import io.byok.kernel.key.KeyLabel;
import io.byok.kernel.key.KeyPolicy;
import io.byok.kernel.use.Use;
import io.byok.kernel.use.UseEvent.UsesRecorded;
import io.byok.query.Ledger;
import io.byok.query.ReadApi;
import io.byok.query.SampleHistory;
import io.byok.query.feed.RunningFeed;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import tools.jackson.databind.JsonNode;

class KeyApiTest {

    private static final Instant AT = Instant.parse("2026-11-22T12:00:00Z");

    private static Ledger ledger;
    private static SampleHistory history;
    private static RunningFeed feed;
    private static MockMvc api;
    private static int published;

    @BeforeAll
    static void begin() throws Exception {
        ledger = new Ledger();
        history = new SampleHistory(ledger, 3).grow(700);
        feed = new RunningFeed(ledger);
        visible();
        KeyReader reader = new KeyReader(ledger.jooq(), InstantSource.fixed(AT), Duration.ofDays(90));
        api = ReadApi.of(new KeyController(reader, ReadApi.cursors(ledger)));
    }

    @AfterAll
    static void end() {
        feed.close();
        ledger.close();
    }

    private static void visible() throws Exception {
        ledger.publish(ledger.history().subList(published, ledger.history().size()));
        published = ledger.history().size();
        feed.reaches(published);
    }

    private static MockHttpServletResponse get(TenantId tenant, String path, Object... variables) throws Exception {
        return send(tenant, MockMvcRequestBuilders.get(path, variables));
    }

    private static MockHttpServletResponse send(TenantId tenant, MockHttpServletRequestBuilder request)
            throws Exception {
        return api.perform(request.header(ReadApi.TENANT, tenant.text()))
                .andReturn()
                .getResponse();
    }

    private static List<String> walk(TenantId tenant, String path) throws Exception {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = ReadApi.json(send(tenant, MockMvcRequestBuilders.get(URI.create(path + cursor)))
                    .getContentAsString());
            page.get("data").forEach(key -> ids.add(key.get("id").asString()));
            cursor = page.get("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("nextCursor").asString();
        } while (!cursor.isEmpty());
        return ids;
    }

    private static Set<String> expected(Predicate<SampleHistory.Key> which) {
        return history.keys().stream().filter(which).map(key -> key.id.text()).collect(Collectors.toSet());
    }

    @Test
    void a_key_is_shown_as_its_events_say() throws Exception {
        SampleHistory.User user = history.addUser();
        KeyId key = new KeyId(UUID.randomUUID());
        StreamId stream = StreamId.of(key);
        KeyLabel label = new KeyLabel("main", null, List.of("eu", "chat"));
        ledger.append(
                user.tenant(),
                user.subject(),
                stream,
                new KeyAdded(
                        key,
                        user.userId(),
                        "openai",
                        "production",
                        label,
                        new KeyPolicy(null, 10, true),
                        "sk-...9fQ2",
                        "0f1e",
                        AT.minusSeconds(60)));
        ledger.append(
                user.tenant(),
                user.subject(),
                stream,
                new KeyRotated(key, 2, "sk-...0000", "4b5a", AT.plusSeconds(60), AT));
        ledger.append(user.tenant(), user.subject(), stream, new KeyRotated(key, 3, "sk-...1111", "4b5b", null, AT));
        ledger.append(user.tenant(), user.subject(), stream, new KeyDisabled(key, "odd", AT.plusSeconds(5)));
        Use use = new Use(
                new UseId(UUID.randomUUID()),
                key,
                3,
                user.subject(),
                "openai",
                "production",
                "user",
                "chat",
                null,
                "tok_x",
                null,
                AT.plusSeconds(7));
        ledger.append(
                user.tenant(),
                null,
                new StreamId(StreamType.USE, UUID.randomUUID()),
                new UsesRecorded(List.of(use), AT.plusSeconds(8)));
        visible();
        MockHttpServletResponse answer = get(user.tenant(), "/v1/keys/" + key.text());
        assertThat(answer.getHeader("ETag")).isEqualTo("\"3\"");
        assertThat(ReadApi.json(answer.getContentAsString()))
                .isEqualTo(ReadApi.json("""
                {"id":"%s","userId":"%s","provider":"openai","environment":"production","alias":"main",
                 "description":null,"tags":["chat","eu"],"priority":10,"fallback":true,"models":[],"hint":"sk-...1111",
                 "fingerprint":"4b5b","status":"disabled","version":3,
                 "versions":[
                   {"version":3,"status":"active","hint":"sk-...1111","createdAt":"2026-11-22T12:00:00Z","retiresAt":null},
                   {"version":2,"status":"retired","hint":"sk-...0000","createdAt":"2026-11-22T12:00:00Z","retiresAt":"2026-11-22T12:00:00Z"},
                   {"version":1,"status":"retired","hint":"sk-...9fQ2","createdAt":"2026-11-22T11:59:00Z","retiresAt":"2026-11-22T12:00:00Z"}],
                 "health":{"state":"unknown","score":null,"checkedAt":null,"message":null},
                 "lastUsedAt":"2026-11-22T12:00:07Z","createdAt":"2026-11-22T11:59:00Z",
                 "updatedAt":"2026-11-22T12:00:05Z","expiresAt":null,"rotateBy":"2027-02-20T12:00:00Z","etag":"\\"3\\""}
                """.formatted(key.text(), user.userId())));
    }

    @Test
    void an_unchanged_key_is_not_sent_again() throws Exception {
        SampleHistory.Key key = history.keys().getFirst();
        String path = "/v1/keys/" + key.id.text();
        String etag = String.valueOf(get(key.tenant, path).getHeader("ETag"));
        assertThat(send(key.tenant, MockMvcRequestBuilders.get(path).header("If-None-Match", etag))
                        .getStatus())
                .isEqualTo(304);
        assertThat(send(key.tenant, MockMvcRequestBuilders.get(path).header("If-None-Match", "\"999\""))
                        .getStatus())
                .isEqualTo(200);
    }

    @Test
    void another_tenants_key_is_not_found() throws Exception {
        SampleHistory.Key key = history.keys().getFirst();
        for (TenantId tenant : history.tenants()) {
            MockHttpServletResponse answer = get(tenant, "/v1/keys/" + key.id.text());
            assertThat(answer.getStatus()).isEqualTo(tenant.equals(key.tenant) ? 200 : 404);
            if (!tenant.equals(key.tenant)) {
                assertThat(answer.getContentAsString()).isEqualTo("key-not-found");
            }
            assertThat(Set.copyOf(walk(tenant, "/v1/keys?status=active,expired,disabled,revoked,deleted&limit=100")))
                    .isEqualTo(expected(of -> of.tenant.equals(tenant)));
        }
        for (String unknown : List.of("key_01jzc8q3v5e9rb2m4n6p8s0t1w", "nonsense", "key_", "%00")) {
            assertThat(get(key.tenant, "/v1/keys/{id}", unknown).getStatus()).isEqualTo(404);
        }
    }

    @Test
    void pages_cover_everything_exactly_once_while_keys_are_added() throws Exception {
        TenantId tenant = history.tenants().getFirst();
        Set<String> before = expected(key -> key.tenant.equals(tenant) && !key.status.equals("deleted"));
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    ReadApi.json(get(tenant, "/v1/keys?limit=3" + cursor).getContentAsString());
            page.get("data").forEach(key -> seen.add(key.get("id").asString()));
            cursor = page.get("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("nextCursor").asString();
            history.addKey(history.users().stream()
                    .filter(user -> user.tenant().equals(tenant))
                    .findFirst()
                    .orElseThrow());
            visible();
        } while (!cursor.isEmpty());
        assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(before);
        assertThat(seen).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void filters_leave_what_they_say() throws Exception {
        SampleHistory.Key sample = history.keys().getLast();
        TenantId tenant = sample.tenant;
        String user = URLEncoder.encode(sample.user.userId(), StandardCharsets.UTF_8); // it has a slash and an umlaut
        assertThat(Set.copyOf(walk(tenant, "/v1/users/" + user + "/keys?limit=2")))
                .isEqualTo(expected(key -> key.user.equals(sample.user) && !key.status.equals("deleted")));
        assertThat(Set.copyOf(walk(tenant, "/v1/keys?provider=openai&status=disabled,revoked&limit=7")))
                .isEqualTo(expected(key -> key.tenant.equals(tenant)
                        && key.provider.equals("openai")
                        && Set.of("disabled", "revoked").contains(key.status)));
        List<String> active = walk(tenant, "/v1/keys?status=active&limit=100");
        List<String> expired = walk(tenant, "/v1/keys?status=expired&limit=100");
        assertThat(active).doesNotContainAnyElementsOf(expired);
        active.addAll(expired);
        assertThat(Set.copyOf(active))
                .isEqualTo(expected(key -> key.tenant.equals(tenant) && key.status.equals("active")));
        assertThat(expired).as("the history has some").isNotEmpty();
        assertThat(walk(tenant, "/v1/keys?health=broken")).isEmpty();
        assertThat(Set.copyOf(walk(tenant, "/v1/keys?tag=tag-1&limit=100")))
                .isNotEmpty()
                .isSubsetOf(Set.copyOf(walk(tenant, "/v1/keys?health=unknown&limit=100")));
    }

    @Test
    void a_cursor_opens_for_its_tenant_list_and_filters_only() throws Exception {
        TenantId tenant = history.tenants().getFirst();
        String cursor = ReadApi.json(get(tenant, "/v1/keys?limit=1").getContentAsString())
                .get("nextCursor")
                .asString();
        assertThat(get(tenant, "/v1/keys?cursor=" + cursor).getStatus()).isEqualTo(200);
        List<MockHttpServletResponse> refused = new ArrayList<>(List.of(
                get(history.tenants().getLast(), "/v1/keys?cursor=" + cursor),
                get(tenant, "/v1/keys?provider=openai&cursor=" + cursor),
                get(tenant, "/v1/users/{user}/keys?cursor=" + cursor, "user"),
                get(tenant, "/v1/keys?cursor="),
                get(tenant, "/v1/keys?cursor=" + cursor + "A"),
                get(tenant, "/v1/keys?cursor={c}", "%"),
                get(tenant, "/v1/keys?cursor=" + "A".repeat(5_000))));
        Random random = new Random(7);
        for (int i = 0; i < cursor.length(); i++) {
            String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
            char other = alphabet.charAt((alphabet.indexOf(cursor.charAt(i)) + 1 + random.nextInt(63)) % 64);
            refused.add(get(tenant, "/v1/keys?cursor=" + cursor.substring(0, i) + other + cursor.substring(i + 1)));
        }
        for (MockHttpServletResponse answer : refused) {
            assertThat(answer.getStatus()).isEqualTo(400);
            assertThat(answer.getContentAsString()).isEqualTo("cursor-invalid");
        }
    }

    @Test
    void parameters_that_make_no_sense_are_refused() throws Exception {
        for (String query : List.of(
                "limit=0",
                "limit=101",
                "limit=-1",
                "limit=x",
                "limit=",
                "limit=99999999999",
                "status=gone",
                "status=")) {
            MockHttpServletResponse answer = get(history.tenants().getFirst(), "/v1/keys?" + query);
            assertThat(answer.getStatus()).as(query).isEqualTo(400);
            assertThat(answer.getContentAsString()).isEqualTo("parameter-invalid");
        }
    }
}
