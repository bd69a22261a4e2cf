package io.byok.query.audit;

import io.byok.kernel.TenantId;
import io.byok.kernel.rotation.RotationEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the trail tells of rotations of keys. */
final class RotationFacts {

    private RotationFacts() {}

    static Map<String, Object> details(RotationEvent event) {
        return switch (event) {
            case RotationEvent.KeyRotationStarted started ->
                Fact.details(
                        "rotationId", started.rotation().text(),
                        "level", started.level(),
                        "chain", started.chain(),
                        "tenantId", text(started.tenant()));
            case RotationEvent.KeyVersionDestroyed destroyed ->
                Fact.details(
                        "rotationId", destroyed.by().text(),
                        "level", destroyed.level(),
                        "chain", destroyed.chain(),
                        "tenantId", text(destroyed.tenant()),
                        "key", destroyed.key().toString(),
                        "version", destroyed.version());
            case RotationEvent.KeyRotationFinished finished ->
                Fact.details(
                        "rotationId", finished.rotation().text(),
                        "outcome", finished.outcome(),
                        "done", finished.done(),
                        "remaining", finished.remaining(),
                        "failure", finished.failure());
        };
    }

    private static @Nullable String text(@Nullable TenantId tenant) {
        return tenant == null ? null : tenant.text();
    }
}
