package io.byok.command.tenant.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.command.tenant.domain.TenantCommand.ResumeTenant;
import io.byok.command.tenant.domain.TenantCommand.SuspendTenant;
import io.byok.kernel.Rejection;
import io.byok.kernel.TenantId;
import io.byok.kernel.tenant.TenantEvent;
import io.byok.kernel.tenant.TenantEvent.TenantCreated;
import io.byok.kernel.tenant.TenantEvent.TenantResumed;
import io.byok.kernel.tenant.TenantEvent.TenantSuspended;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TenantSuspensionTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final TenantId TENANT = new TenantId(new UUID(0, 1));
    private static final TenantCreated CREATED = new TenantCreated(TENANT, "acme", NOON);
    private static final TenantSuspended SUSPENDED = new TenantSuspended(TENANT, "unpaid", NOON);
    private static final TenantResumed RESUMED = new TenantResumed(TENANT, null, NOON);
    private static final SuspendTenant SUSPEND = new SuspendTenant(TENANT, "unpaid", NOON);
    private static final ResumeTenant RESUME = new ResumeTenant(TENANT, null, NOON);

    private final TenantDecider decider = new TenantDecider();

    private Tenant given(TenantEvent... history) {
        return decider.fold(List.of(history));
    }

    @Test
    void an_active_tenant_is_suspended_and_a_suspended_one_resumed() {
        assertThat(decider.decide(given(CREATED), SUSPEND)).containsExactly(SUSPENDED);
        assertThat(decider.decide(given(CREATED, SUSPENDED), RESUME)).containsExactly(RESUMED);
        assertThat(given(CREATED, SUSPENDED, RESUMED)).isInstanceOf(Tenant.Active.class);
    }

    @Test
    void doing_it_twice_does_nothing() {
        assertThat(decider.decide(given(CREATED, SUSPENDED), SUSPEND)).isEmpty();
        assertThat(decider.decide(given(CREATED), RESUME)).isEmpty();
    }

    @Test
    void a_tenant_that_is_not_there_can_be_neither() {
        for (TenantCommand command : List.of(SUSPEND, RESUME)) {
            assertThatThrownBy(() -> decider.decide(given(), command))
                    .isInstanceOfSatisfying(
                            Rejection.class,
                            no -> assertThat(no.refusal().code()).isEqualTo("tenant-not-found"));
        }
    }

    @Test
    void an_impossible_history_fails_loudly() {
        assertThatThrownBy(() -> given(SUSPENDED)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> given(CREATED, RESUMED)).isInstanceOf(IllegalStateException.class);
    }
}
