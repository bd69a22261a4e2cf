package io.byok.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

/** Runs replays to their end. */
final class Replays {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Replays() {}

    /** Starts one and asks until it is over. */
    static Answer run(Api api, String projection, String mode) {
        Answer started = api.post("/v1/replays", "{\"projection\":\"%s\",\"mode\":\"%s\"}".formatted(projection, mode))
                .expect(202);
        Answer answer = Eventually.get(
                PATIENCE,
                () -> api.get("/v1/replays/" + started.string("/id")).expect(200),
                now -> !now.string("/status").equals("running"));
        assertThat(answer.string("/status")).as(answer.text()).isEqualTo("succeeded");
        assertThat(Instant.parse(answer.string("/finishedAt"))).isNotNull();
        return answer;
    }
}
