package io.byok.command.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.kernel.access.DenialEvent.AccessDenied;
import io.byok.platform.web.door.Denial;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeniedAttemptsTest {

    private static final TenantId TENANT = new TenantId(new UUID(1, 1));
    private static final InetAddress FROM = InetAddress.ofLiteral("192.0.2.7");

    private final List<AccessDenied> written = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final DeniedAttempts attempts = new DeniedAttempts((tenant, event) -> written.add(event), new Moving());

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

    private static Denial denial(TenantId tenant, int token, Denial.Why why) {
        return new Denial(tenant, new TokenId(new UUID(2, token)), why, "POST /v1/resolve", null, FROM);
    }

    private void denied(int token, Denial.Why why) {
        attempts.denied(denial(TENANT, token, why));
    }

    @Test
    void the_first_attempt_is_written_at_once_with_who_what_why_and_where_from() {
        denied(7, Denial.Why.REVOKED);
        assertThat(written)
                .containsExactly(new AccessDenied(
                        new TokenId(new UUID(2, 7)), "revoked", "POST /v1/resolve", null, "192.0.2.7", 1, now, now));
    }

    @Test
    void a_million_attempts_of_one_token_are_two_events_a_minute_and_none_is_uncounted() {
        IntStream.range(0, 1_000_000).forEach(_ -> denied(7, Denial.Why.EXPIRED));
        now = now.plus(DeniedAttempts.WINDOW);
        attempts.sweep();
        assertThat(written).hasSize(2);
        assertThat(written.stream().mapToLong(AccessDenied::attempts).sum()).isEqualTo(1_000_000);
    }

    @Test
    void at_the_end_of_the_process_none_is_uncounted_though_the_window_is_not_over() {
        IntStream.range(0, 100).forEach(_ -> denied(7, Denial.Why.EXPIRED));
        attempts.end();
        attempts.end();
        assertThat(written.stream().map(AccessDenied::attempts)).containsExactly(1L, 99L);
    }

    @Test
    void reasons_and_tenants_are_told_apart() {
        denied(7, Denial.Why.EXPIRED);
        denied(7, Denial.Why.NETWORK);
        attempts.denied(denial(new TenantId(new UUID(1, 2)), 7, Denial.Why.EXPIRED));
        assertThat(written).hasSize(3);
    }

    @Test
    void many_tokens_of_a_tenant_are_one_count_beyond_a_bound() {
        IntStream.range(0, 10_000).forEach(token -> denied(token, Denial.Why.EXPIRED));
        now = now.plus(DeniedAttempts.WINDOW);
        attempts.sweep();
        assertThat(written).hasSize(DeniedAttempts.MOST_OF_A_TENANT + 1);
        assertThat(written.getLast().token()).isNull();
        assertThat(written.getLast().why()).isEqualTo("many");
        assertThat(written.stream().mapToLong(AccessDenied::attempts).sum()).isEqualTo(10_000);
    }

    @Test
    void after_a_window_the_next_attempt_is_written_at_once_again() {
        denied(7, Denial.Why.EXPIRED);
        now = now.plus(DeniedAttempts.WINDOW);
        attempts.sweep();
        assertThat(written).hasSize(1);
        denied(7, Denial.Why.EXPIRED);
        assertThat(written).hasSize(2);
    }

    @Test
    void of_what_was_asked_for_only_the_collection_is_kept() {
        assertThat(Denial.operation("GET", "/v1/users/ada%40example.com/keys")).isEqualTo("GET /v1/users");
        assertThat(Denial.operation("GET", "/v1/resolve")).isEqualTo("GET /v1/resolve");
        assertThat(Denial.operation("BREW", "/secret-path")).isEqualTo("OTHER elsewhere");
        assertThat(Denial.operation("GET", "/v1/" + "a".repeat(41))).isEqualTo("GET elsewhere");
    }
}
