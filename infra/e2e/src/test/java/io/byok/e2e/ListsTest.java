package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists in pages, and where an answer says that a new thing is. */
class ListsTest {

    private static final int MADE = 5;

    private final Api operator = SharedServer.control();

    @ParameterizedTest
    @ValueSource(strings = {"/v1/api-tokens", "/v1/legal-holds", "/v1/keys", "/v1/tenants", "/v1/erasures"})
    void a_list_shows_each_thing_once_on_pages_of_any_size(String list) {
        List<String> made = make(list, operator);

        List<String> shown = new ArrayList<>();
        Api reader = operator.since(SharedServer.DATABASE.lastPosition());
        String next = list + "?limit=2";
        while (true) {
            Answer page = reader.get(next).expect(200);
            List<String> ids = page.each("/data", "id");
            assertThat(ids).hasSizeBetween(1, 2);
            shown.addAll(ids);
            String cursor = page.json().path("nextCursor").asString(null);
            if (cursor == null) {
                break;
            }
            next = list + "?limit=2&cursor=" + cursor;
        }

        assertThat(shown).containsAll(made);
        assertThat(new HashSet<>(shown)).hasSameSizeAs(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/api-tokens", "/v1/legal-holds", "/v1/keys", "/v1/erasures"})
    void a_cursor_opens_its_own_list_of_its_own_tenant_only(String list) {
        make(list, operator);
        String cursor = operator.since(SharedServer.DATABASE.lastPosition())
                .get(list + "?limit=1")
                .expect(200)
                .string("/nextCursor");
        Api stranger = stranger();

        stranger.get(list + "?cursor=" + cursor).expect(400, "cursor-invalid");
        operator.get("/v1/tenants?cursor=" + cursor).expect(400, "cursor-invalid");
        operator.get(list + "?cursor=" + cursor.substring(1)).expect(400, "cursor-invalid");
        operator.get(list + "?limit=0").expect(400, "parameter-invalid");
        operator.get(list + "?limit=101").expect(400, "parameter-invalid");
    }

    @Test
    void what_was_made_is_where_the_answer_says() {
        String user = Credentials.user();
        List<Answer> made = List.of(
                operator.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai())),
                operator.post("/v1/api-tokens", "{\"name\":\"where\",\"scopes\":[\"keys:read\"]}"),
                operator.post("/v1/tenants", "{\"name\":\"%s\"}".formatted(name())),
                operator.post("/v1/legal-holds", "{\"userId\":\"%s\",\"reason\":\"case 3\"}".formatted(user)));

        for (Answer one : made) {
            String location = one.expect(201).header("Location");
            Answer there = operator.since(one.position()).get(location).expect(200);
            assertThat(there.string("/id")).as(location).isEqualTo(one.string("/id"));
        }
        String widget = "{\"userId\":\"%s\",\"scopes\":[\"keys:read\"]}".formatted(user);
        assertThat(operator.post("/v1/widget-tokens", widget).expect(201).header("Location"))
                .as("a widget token is stored nowhere")
                .isNull();
    }

    private List<String> make(String list, Api api) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < MADE; i++) {
            String user = Credentials.user();
            Answer made = switch (list) {
                case "/v1/api-tokens" -> api.post(list, "{\"name\":\"n\",\"scopes\":[\"keys:read\"]}");
                case "/v1/tenants" -> api.post(list, "{\"name\":\"%s\"}".formatted(name()));
                case "/v1/legal-holds" -> {
                    key(api, user);
                    yield api.post(list, "{\"userId\":\"%s\",\"reason\":\"case 4\"}".formatted(user));
                }
                case "/v1/erasures" -> {
                    key(api, user);
                    yield api.post("/v1/users/" + Api.encoded(user) + "/erase", Credentials.ERASE);
                }
                default -> key(api, user);
            };
            ids.add(made.string("/id"));
        }
        return ids;
    }

    private static Answer key(Api api, String user) {
        return api.post(Credentials.keysOf(user), Credentials.add("openai", Credentials.openai()))
                .expect(201);
    }

    private Api stranger() {
        return SharedServer.SERVER
                .anonymous()
                .token(operator.post("/v1/tenants", "{\"name\":\"%s\"}".formatted(name()))
                        .expect(201)
                        .string("/token"));
    }

    private static String name() {
        return "list-" + Credentials.user().replaceAll("[^a-z0-9]", "");
    }
}
