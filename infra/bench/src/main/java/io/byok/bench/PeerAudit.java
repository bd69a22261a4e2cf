package io.byok.bench;

import io.byok.command.store.EventMetadata;
import io.byok.kernel.DomainEvent;
import io.byok.kernel.chain.ChainEvent.ChainSet;
import io.byok.kernel.key.KeyEvent;
import io.byok.kernel.key.KeyEvent.KeyAdded;
import io.byok.kernel.usage.UsageEvent.UsageReported;
import io.byok.kernel.use.Use;
import io.byok.kernel.use.UseEvent.UsesRecorded;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The peer's audit trail: a row per fact. Without leaves and trees. */
final class PeerAudit {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcTemplate jdbc;

    PeerAudit(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void on(UUID tenant, @Nullable UUID subject, long position, DomainEvent event, DomainEventMessage<?> message) {
        UUID id = UUID.fromString(message.getIdentifier());
        String stream = message.getType() + "/" + message.getAggregateIdentifier();
        if (event instanceof UsesRecorded recorded) {
            int item = 0;
            for (Use use : recorded.uses()) {
                Map<String, Object> details = new LinkedHashMap<>();
                details.put("useId", use.id().text());
                details.put("version", use.version());
                details.put("provider", use.provider());
                fact(
                        position,
                        item++,
                        tenant,
                        use.at(),
                        "key-used",
                        use.actor(),
                        stream,
                        use.key().value(),
                        null,
                        use.subject().value(),
                        use.purpose(),
                        use.requestId(),
                        id,
                        details);
            }
            return;
        }
        UUID key = event instanceof KeyEvent of ? of.key().value() : null;
        fact(
                position,
                0,
                tenant,
                event.at(),
                event.getClass().getSimpleName(),
                EventMetadata.by(message.getMetaData()).actor(),
                stream,
                key,
                subject,
                subject,
                null,
                null,
                id,
                Map.of());
        String userId = switch (event) {
            case KeyAdded added -> added.userId();
            case UsageReported reported -> reported.userId();
            case ChainSet set -> set.userId();
            default -> null;
        };
        if (userId != null) {
            jdbc.update(
                    "insert into peer.audit_subject (tenant, subject, user_id) values (?, ?, ?)"
                            + " on conflict (tenant, subject) do update set user_id = excluded.user_id",
                    tenant,
                    subject,
                    userId);
        }
    }

    private void fact(
            long position,
            int item,
            UUID tenant,
            Instant at,
            String action,
            String actor,
            String stream,
            @Nullable UUID key,
            @Nullable UUID sealedFor,
            @Nullable UUID subject,
            @Nullable String purpose,
            @Nullable String requestId,
            UUID eventId,
            Map<String, Object> details) {
        jdbc.update(
                "insert into peer.audit_event (position, item, tenant, at, action, outcome, actor, stream, key, subject,"
                        + " purpose, request_id, event_id, details, sealed_for)"
                        + " values (?, ?, ?, ?, ?, 'ok', ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)"
                        + " on conflict (position, item) do nothing",
                position,
                item,
                tenant,
                PeerReadModels.at(at),
                action,
                actor,
                stream,
                key,
                subject,
                purpose,
                requestId,
                eventId,
                JSON.writeValueAsString(details),
                sealedFor);
    }
}
