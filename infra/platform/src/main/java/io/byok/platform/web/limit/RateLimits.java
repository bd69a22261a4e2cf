package io.byok.platform.web.limit;

import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.platform.web.Caller;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The requests of this node that each token and each tenant may make. Safe for any number of threads. */
public final class RateLimits {

    private final @Nullable Allowance<TokenId> ofToken;
    private final @Nullable Allowance<TenantId> ofTenant;
    private final @Nullable Allowance<TenantId> ofResolve;

    public RateLimits(LimitSettings settings, LongSupplier nanoTime) {
        ofToken = allowance("token", settings.tokenPerMinute(), nanoTime);
        ofTenant = allowance("tenant", settings.tenantPerMinute(), nanoTime);
        ofResolve = allowance("resolve", settings.resolvePerMinute(), nanoTime);
    }

    private static <W> @Nullable Allowance<W> allowance(String name, int perMinute, LongSupplier nanoTime) {
        return perMinute == 0 ? null : new Allowance<>(name, perMinute, nanoTime);
    }

    /** For a request on the control plane: the answer of the limit that is nearest; empty when there is no limit. */
    public Optional<Grant> control(Caller caller) {
        Grant token = ofToken == null ? null : ofToken.ask(caller.token());
        if (token != null && !token.granted()) {
            return Optional.of(token); // a token that is refused does not use up its tenant's allowance
        }
        Grant tenant = ofTenant == null ? null : ofTenant.ask(caller.tenant());
        return Optional.ofNullable(nearest(token, tenant));
    }

    /** For a request on the data plane. */
    public Optional<Grant> resolve(TenantId tenant) {
        return ofResolve == null ? Optional.empty() : Optional.of(ofResolve.ask(tenant));
    }

    private static @Nullable Grant nearest(@Nullable Grant one, @Nullable Grant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return !other.granted() || other.remaining() < one.remaining() ? other : one;
    }
}
