package io.byok.query.audit;

import io.byok.kernel.Envelope;
import io.byok.kernel.erase.TenantErasureEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the events of a tenant's erasure say to somebody who audits the operator's tenant. */
final class TenantErasureFacts {

    private TenantErasureFacts() {}

    static Fact of(Envelope envelope, TenantErasureEvent event) {
        return switch (event) {
            case TenantErasureEvent.TenantErasureRequested requested ->
                fact(
                        envelope,
                        event,
                        requested.reason(),
                        Fact.details(
                                "erasureId", requested.erasure().text(),
                                "tenantId", requested.tenant().text(),
                                "legalBasis", requested.legalBasis()));
            case TenantErasureEvent.TenantKeysDestroyed destroyed ->
                fact(
                        envelope,
                        event,
                        null,
                        Fact.details(
                                "erasureId", destroyed.erasure().text(),
                                "tenantId", destroyed.tenant().text(),
                                "tenantKeys", destroyed.keks().size(),
                                "dataKeys", destroyed.dataKeys(),
                                "credentials", destroyed.credentials()));
            case TenantErasureEvent.TenantErased erased ->
                fact(
                        envelope,
                        event,
                        null,
                        Fact.details(
                                "erasureId", erased.erasure().text(),
                                "tenantId", erased.tenant().text(),
                                "certificateHash", erased.certificateHash()));
        };
    }

    private static Fact fact(
            Envelope envelope, TenantErasureEvent event, @Nullable String reason, Map<String, Object> details) {
        return Facts.fact(envelope, event.at(), null, reason, details);
    }
}
