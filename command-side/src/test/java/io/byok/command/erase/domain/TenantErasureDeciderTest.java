package io.byok.command.erase.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byok.command.erase.domain.TenantErasureCommand.ConcludeTenantErasure;
import io.byok.command.erase.domain.TenantErasureCommand.DestroyTenantKeys;
import io.byok.command.erase.domain.TenantErasureCommand.RequestTenantErasure;
import io.byok.kernel.Rejection;
import io.byok.kernel.StreamId;
import io.byok.kernel.TenantErasureId;
import io.byok.kernel.TenantId;
import io.byok.kernel.erase.TenantErasureEvent;
import io.byok.kernel.erase.TenantErasureEvent.TenantErased;
import io.byok.kernel.erase.TenantErasureEvent.TenantErasureRequested;
import io.byok.kernel.erase.TenantErasureEvent.TenantKeysDestroyed;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TenantErasureDeciderTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final TenantId TENANT = new TenantId(new UUID(7, 1L << 63));
    private static final TenantErasureId ID = TenantErasureId.of(TENANT);
    private static final TenantRemains REMAINS = new TenantRemains(List.of(), 3, 1, "0f".repeat(32));
    private static final RequestTenantErasure REQUEST = new RequestTenantErasure(ID, "left us", "contract", NOON);
    private static final DestroyTenantKeys DESTROY = new DestroyTenantKeys(ID, REMAINS, NOON);
    private static final ConcludeTenantErasure CONCLUDE = new ConcludeTenantErasure(ID, List.of(), "f0", NOON);
    private static final TenantErasureRequested REQUESTED =
            new TenantErasureRequested(ID, TENANT, "left us", "contract", NOON);
    private static final TenantKeysDestroyed DESTROYED =
            new TenantKeysDestroyed(ID, TENANT, List.of(), 3, 1, "0f".repeat(32), NOON);
    private static final TenantErased ERASED = new TenantErased(ID, TENANT, List.of(), "f0", NOON);

    private final TenantErasureDecider decider = new TenantErasureDecider();

    private TenantErasure given(TenantErasureEvent... history) {
        return decider.fold(List.of(history));
    }

    @Test
    void it_goes_from_step_to_step() {
        assertThat(decider.decide(given(), REQUEST)).containsExactly(REQUESTED);
        assertThat(decider.decide(given(REQUESTED), DESTROY)).containsExactly(DESTROYED);
        assertThat(decider.decide(given(REQUESTED, DESTROYED), CONCLUDE)).containsExactly(ERASED);
    }

    @Test
    void a_step_that_was_taken_is_not_taken_again() {
        assertThat(decider.decide(given(REQUESTED), REQUEST)).isEmpty();
        assertThat(decider.decide(given(REQUESTED, DESTROYED), REQUEST)).isEmpty();
        assertThat(decider.decide(given(REQUESTED, DESTROYED), DESTROY)).isEmpty();
        assertThat(decider.decide(given(REQUESTED, DESTROYED, ERASED), DESTROY)).isEmpty();
        assertThat(decider.decide(given(REQUESTED, DESTROYED, ERASED), CONCLUDE))
                .isEmpty();
    }

    @Test
    void no_step_is_left_out() {
        assertThatThrownBy(() -> decider.decide(given(), DESTROY)).isInstanceOf(Rejection.class);
        assertThatThrownBy(() -> decider.decide(given(), CONCLUDE)).isInstanceOf(Rejection.class);
        assertThatThrownBy(() -> decider.decide(given(REQUESTED), CONCLUDE)).isInstanceOf(Rejection.class);
        assertThatThrownBy(() -> given(DESTROYED)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> given(REQUESTED, ERASED)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void its_id_follows_from_the_tenants_and_is_another_stream() {
        assertThat(ID.tenant()).isEqualTo(TENANT);
        assertThat(TenantErasureId.parse(ID.text())).contains(ID);
        assertThat(StreamId.of(ID).value()).isNotEqualTo(StreamId.of(TENANT).value());
    }
}
