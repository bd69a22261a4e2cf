package io.byok.platform.web.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.platform.web.Caller;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

    private final AtomicLong clock = new AtomicLong();
    private final RateLimits limits = new RateLimits(new LimitSettings(6, 10, 0, 2), clock::get);
    private final TenantId tenant = new TenantId(UUID.randomUUID());

    private Caller caller(TenantId of) {
        return new Caller(of, new TokenId(UUID.randomUUID()), Set.of(), "r");
    }

    private void later(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void a_token_has_its_allowance_at_once_and_gets_it_back_evenly() {
        Caller caller = caller(tenant);
        for (int left = 5; left >= 0; left--) {
            Grant grant = limits.control(caller).orElseThrow();
            assertThat(grant.granted()).isTrue();
            if (left < 4) { // before that the tenant's allowance is no nearer either
                assertThat(grant.header()).startsWith("\"token\";r=" + left + ";t=");
            }
        }
        Grant refused = limits.control(caller).orElseThrow();
        assertThat(refused.granted()).isFalse();
        assertThat(refused.policyHeader()).isEqualTo("\"token\";q=6;w=60");
        assertThat(refused.header()).isEqualTo("\"token\";r=0;t=10");
        assertThat(refused.retryAfter()).isEqualTo(10);

        later(Duration.ofSeconds(9));
        assertThat(limits.control(caller).orElseThrow().granted()).isFalse();
        later(Duration.ofSeconds(1));
        assertThat(limits.control(caller).orElseThrow().granted()).isTrue();
        assertThat(limits.control(caller).orElseThrow().granted()).isFalse();
    }

    @Test
    void many_tokens_share_their_tenants_allowance_and_no_other_tenants() {
        for (int i = 0; i < 10; i++) {
            assertThat(limits.control(caller(tenant)).orElseThrow().granted()).isTrue();
        }
        Grant refused = limits.control(caller(tenant)).orElseThrow();
        assertThat(refused.granted()).isFalse();
        assertThat(refused.name()).isEqualTo("tenant");
        assertThat(limits.control(caller(new TenantId(UUID.randomUUID())))
                        .orElseThrow()
                        .granted())
                .isTrue();
    }

    @Test
    void a_refused_token_does_not_use_up_what_its_tenant_has() {
        Caller loud = caller(tenant);
        for (int i = 0; i < 1_000; i++) {
            limits.control(loud);
        }
        Caller quiet = caller(tenant);
        for (int i = 0; i < 4; i++) {
            assertThat(limits.control(quiet).orElseThrow().granted()).isTrue();
        }
    }

    @Test
    void the_data_plane_counts_for_itself() {
        assertThat(limits.resolve(tenant).orElseThrow().granted()).isTrue();
        assertThat(limits.resolve(tenant).orElseThrow().granted()).isTrue();
        assertThat(limits.resolve(tenant).orElseThrow().granted()).isFalse();
        assertThat(limits.control(caller(tenant)).orElseThrow().granted()).isTrue();
    }

    @Test
    void zero_is_no_limit() {
        RateLimits none = new RateLimits(new LimitSettings(0, 0, 0, 0), clock::get);
        assertThat(none.control(caller(tenant))).isEmpty();
        assertThat(none.resolve(tenant)).isEmpty();
    }

    @Test
    void a_tenants_turns_are_its_own_and_come_back() throws InterruptedException {
        Bulkhead bulkhead = new Bulkhead(1);
        Optional<Bulkhead.Turn> first = bulkhead.enter(tenant);
        assertThat(first).isPresent();
        assertThat(bulkhead.enter(tenant)).as("two at once").isEmpty();
        assertThat(bulkhead.enter(new TenantId(UUID.randomUUID()))).isPresent();
        first.orElseThrow().close();
        assertThat(bulkhead.enter(tenant)).isPresent();
    }
}
