package io.byok.command.erase.domain;

import io.byok.command.erase.domain.TenantErasureCommand.ConcludeTenantErasure;
import io.byok.command.erase.domain.TenantErasureCommand.DestroyTenantKeys;
import io.byok.command.erase.domain.TenantErasureCommand.RequestTenantErasure;
import io.byok.kernel.Decider;
import io.byok.kernel.Rejection;
import io.byok.kernel.erase.TenantErasureEvent;
import io.byok.kernel.erase.TenantErasureEvent.TenantErased;
import io.byok.kernel.erase.TenantErasureEvent.TenantErasureRequested;
import io.byok.kernel.erase.TenantErasureEvent.TenantKeysDestroyed;
import java.util.List;

/**
 * The rules of a tenant's erasure: those of an end user's, a size larger. A step that was taken is not taken again. Whether
 * the tenant is there, suspended and under no hold is kept by the row alongside, which sees them under the append lock.
 */
public final class TenantErasureDecider implements Decider<TenantErasureCommand, TenantErasure, TenantErasureEvent> {

    @Override
    public TenantErasure initial() {
        return new TenantErasure.Absent();
    }

    @Override
    public List<TenantErasureEvent> decide(TenantErasure state, TenantErasureCommand command) {
        return switch (command) {
            case RequestTenantErasure request -> request(state, request);
            case DestroyTenantKeys destroy -> destroy(state, destroy);
            case ConcludeTenantErasure conclude -> conclude(state, conclude);
        };
    }

    private static List<TenantErasureEvent> request(TenantErasure state, RequestTenantErasure request) {
        return switch (state) {
            case TenantErasure.Absent _ ->
                List.of(new TenantErasureRequested(
                        request.erasure(),
                        request.erasure().tenant(),
                        request.reason(),
                        request.legalBasis(),
                        request.at()));
            case TenantErasure.Present _ -> List.of();
        };
    }

    private static List<TenantErasureEvent> destroy(TenantErasure state, DestroyTenantKeys destroy) {
        return switch (state) {
            case TenantErasure.Absent _ -> throw Rejection.of(TenantErasureRefusal.NOT_FOUND);
            case TenantErasure.Requested _ ->
                List.of(new TenantKeysDestroyed(
                        destroy.erasure(),
                        destroy.erasure().tenant(),
                        destroy.remains().keks(),
                        destroy.remains().dataKeys(),
                        destroy.remains().credentials(),
                        destroy.remains().tombstones(),
                        destroy.at()));
            case TenantErasure.Destroyed _, TenantErasure.Erased _ -> List.of();
        };
    }

    private static List<TenantErasureEvent> conclude(TenantErasure state, ConcludeTenantErasure conclude) {
        return switch (state) {
            case TenantErasure.Absent _, TenantErasure.Requested _ ->
                throw Rejection.of(TenantErasureRefusal.NOT_FOUND);
            case TenantErasure.Destroyed _ ->
                List.of(new TenantErased(
                        conclude.erasure(),
                        conclude.erasure().tenant(),
                        conclude.acknowledgements(),
                        conclude.certificateHash(),
                        conclude.at()));
            case TenantErasure.Erased _ -> List.of();
        };
    }

    @Override
    public TenantErasure evolve(TenantErasure state, TenantErasureEvent event) {
        return switch (event) {
            case TenantErasureRequested asked
            when state instanceof TenantErasure.Absent ->
                new TenantErasure.Requested(
                        new TenantErasure.Request(asked.erasure(), asked.reason(), asked.legalBasis(), asked.at()));
            case TenantKeysDestroyed destroyed
            when state instanceof TenantErasure.Requested requested ->
                new TenantErasure.Destroyed(requested.request(), destroyed);
            case TenantErased erased
            when state instanceof TenantErasure.Destroyed destroyed ->
                new TenantErasure.Erased(
                        destroyed.request(), destroyed.destruction(), erased.acknowledgements(), erased.at());
            case TenantErasureRequested _, TenantKeysDestroyed _, TenantErased _ ->
                throw new IllegalStateException(event.getClass().getSimpleName() + " cannot follow "
                        + state.getClass().getSimpleName());
        };
    }
}
