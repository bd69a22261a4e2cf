package io.byok.platform.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.platform.web.Scopes;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StorageAwayTest {

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.get();
    }

    @AfterEach
    void giveBack() throws Exception {
        server.letDatabaseIn(true);
        until("/readyz", answer -> answer.status() == 200);
    }

    private static Answer until(String path, Predicate<Answer> wanted, String... headers) throws Exception {
        Answer answer;
        do {
            answer = Answer.to(server.port(), "GET", path, null, headers);
        } while (!wanted.test(answer));
        return answer;
    }

    @Test
    void a_database_that_is_away_is_told_and_comes_back_by_itself() throws Exception {
        String[] authorization = {"Authorization", "Bearer " + server.token(Scopes.KEYS_READ)};
        server.letDatabaseIn(false);

        Answer away = until("/v1/things?limit=1", answer -> answer.status() != 200, authorization);
        Answer ready = until("/readyz", answer -> answer.status() != 200);
        Answer alive = Answer.to(server.port(), "GET", "/livez", null);

        away.problem(503, "storage-unavailable");
        assertThat(away.headers()).containsEntry("Retry-After", "1");
        assertThat(ready.problem(503, "not-ready").get("detail").stringValue()).isEqualTo("not ready: database");
        assertThat(alive.body()).isEqualTo("{\"status\":\"alive\"}");

        server.letDatabaseIn(true);
        assertThat(until("/v1/things?limit=1", answer -> answer.status() == 200, authorization)
                        .body())
                .isEqualTo("[1]");
    }
}
