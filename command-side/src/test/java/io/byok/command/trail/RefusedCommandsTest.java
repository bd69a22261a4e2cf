package io.byok.command.trail;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.command.trail.RefusedCommands.Refused;
import io.byok.kernel.KeyId;
import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.kernel.trail.TrailEvent;
import io.byok.platform.web.Caller;
import io.byok.platform.web.door.RefusedCommand;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RefusedCommandsTest {

    private static final TenantId TENANT = new TenantId(new UUID(1, 1));
    private static final KeyId KEY = new KeyId(new UUID(3, 3));
    private static final String ROTATE = "POST /v1/keys/{keyId}/rotate";

    private final List<Refused> written = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final RefusedCommands refusals = new RefusedCommands(written::add, new Moving());

    private final class Moving extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static Caller caller(TenantId tenant, int token) {
        return new Caller(tenant, new TokenId(new UUID(2, token)), Set.of(), "req-1");
    }

    private void refused(int token, String code, KeyId key) {
        refusals.refused(new RefusedCommand(caller(TENANT, token), ROTATE, code, key, "ada"));
    }

    private void windowEnds() {
        now = now.plus(RefusedCommands.WINDOW);
        refusals.sweep();
    }

    @Test
    void the_first_refusal_is_written_at_once_with_who_what_why_and_of_what() {
        refused(7, "key-revoked", KEY);
        assertThat(written)
                .containsExactly(new Refused(
                        TENANT,
                        new RefusedCommands.Kind(new TokenId(new UUID(2, 7)).text(), ROTATE, "key-revoked", KEY, "ada"),
                        "req-1",
                        1,
                        now,
                        now));
    }

    @Test
    void a_million_refusals_of_one_kind_are_two_events_a_minute_and_none_is_uncounted() {
        IntStream.range(0, 1_000_000).forEach(_ -> refused(7, "key-revoked", KEY));
        windowEnds();
        assertThat(written).hasSize(2);
        assertThat(written.stream().mapToLong(Refused::times).sum()).isEqualTo(1_000_000);
    }

    @Test
    void at_the_end_of_the_process_none_is_uncounted_though_the_window_is_not_over() {
        IntStream.range(0, 100).forEach(_ -> refused(7, "key-revoked", KEY));
        refusals.end();
        refusals.end();
        assertThat(written.stream().map(Refused::times)).containsExactly(1L, 99L);
    }

    @Test
    void whoever_goes_through_keys_is_one_count_beyond_a_bound_and_no_name_of_a_user_is_in_it() {
        IntStream.range(0, 10_000).forEach(key -> refused(7, "key-revoked", new KeyId(new UUID(3, key))));
        windowEnds();
        assertThat(written).hasSize(RefusedCommands.MOST_OF_A_TENANT + 1);
        assertThat(written.getLast().kind())
                .isEqualTo(new RefusedCommands.Kind("system:trail", TrailEvent.MANY, TrailEvent.MANY, null, null));
        assertThat(written.getLast().requestId()).isNull();
        assertThat(written.stream().mapToLong(Refused::times).sum()).isEqualTo(10_000);
    }

    @Test
    void of_a_key_that_is_not_there_it_is_not_noted_which() {
        IntStream.range(0, 100).forEach(key -> refused(7, "key-not-found", new KeyId(new UUID(3, key))));
        assertThat(written)
                .singleElement()
                .satisfies(one -> assertThat(one.kind().key()).isNull());
    }

    @Test
    void one_tenant_does_not_use_up_what_another_may_write() {
        IntStream.range(0, 1_000).forEach(key -> refused(7, "key-revoked", new KeyId(new UUID(3, key))));
        written.clear();
        refusals.refused(new RefusedCommand(caller(new TenantId(new UUID(1, 2)), 7), ROTATE, "key-revoked", KEY, null));
        assertThat(written).hasSize(1);
    }

    @Test
    void after_a_window_the_next_refusal_is_written_at_once_again() {
        refused(7, "key-revoked", KEY);
        windowEnds();
        refused(7, "key-revoked", KEY);
        assertThat(written).hasSize(2);
    }
}
