package io.byok.bench;

import io.byok.command.store.EventMetadata;
import io.byok.kernel.DomainEvent;
import io.byok.kernel.SubjectId;
import io.byok.kernel.chain.ChainEvent.ChainSet;
import io.byok.kernel.key.KeyEvent;
import io.byok.kernel.key.KeyEvent.KeyAdded;
import io.byok.kernel.key.KeyEvent.KeyChanged;
import io.byok.kernel.key.KeyEvent.KeyDisabled;
import io.byok.kernel.key.KeyEvent.KeyEnabled;
import io.byok.kernel.key.KeyEvent.KeyRotated;
import io.byok.kernel.usage.UsageEvent.UsageReported;
import io.byok.kernel.usage.UsageRecord;
import io.byok.kernel.use.Use;
import io.byok.kernel.use.UseEvent.UsesRecorded;
import io.byok.kernel.validation.ValidationEvent.KeyValidated;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** What an event handler of Axon's usually looks like: one event, its upserts, in the transaction of the processor. */
final class PeerReadModels {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcTemplate jdbc;
    private final PeerAudit audit;
    private final AtomicLong handled;

    PeerReadModels(JdbcTemplate jdbc, AtomicLong handled) {
        this.jdbc = jdbc;
        this.audit = new PeerAudit(jdbc);
        this.handled = handled;
    }

    @EventHandler
    void on(DomainEvent event, DomainEventMessage<?> message, TrackingToken token) {
        MetaData metadata = message.getMetaData();
        UUID tenant = EventMetadata.tenant(metadata).value();
        SubjectId about = EventMetadata.subject(metadata);
        UUID subject = about == null ? null : about.value();
        long position = token.position().orElseThrow();
        switch (event) {
            case KeyEvent key -> key(tenant, subject, message.getSequenceNumber(), key);
            case UsageReported reported -> usage(tenant, subject, reported);
            case UsesRecorded recorded -> recorded.uses().forEach(this::used);
            case KeyValidated validated -> validated(tenant, position, validated);
            case ChainSet set -> chain(tenant, subject, message.getSequenceNumber(), set);
            default -> throw new IllegalStateException("not in this history: " + event.getClass());
        }
        audit.on(tenant, subject, position, event, message);
        handled.incrementAndGet();
    }

    private void key(UUID tenant, @Nullable UUID subject, long sequence, KeyEvent event) {
        UUID key = event.key().value();
        switch (event) {
            case KeyAdded added -> {
                jdbc.update(
                        "insert into peer.key_view (key, tenant, user_id, subject, provider, environment, alias, description,"
                                + " tags, priority, fallback, models, hint, fingerprint, status, version, version_created_at,"
                                + " sequence, created_at, updated_at) values"
                                + " (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, '[]', ?, ?, 1, 1, ?, 0, ?, ?)"
                                + " on conflict (key) do nothing",
                        key,
                        tenant,
                        added.userId(),
                        subject,
                        added.provider(),
                        added.environment(),
                        added.label().alias(),
                        added.label().description(),
                        json(added.label().tags()),
                        added.policy().priority(),
                        added.policy().fallback(),
                        added.hint(),
                        added.fingerprint(),
                        at(added.at()),
                        at(added.at()),
                        at(added.at()));
                version(tenant, key, 1, added.hint(), added.at());
            }
            case KeyChanged changed ->
                jdbc.update(
                        "update peer.key_view set alias = ?, description = ?, tags = ?::jsonb, priority = ?, fallback = ?,"
                                + " sequence = ?, updated_at = ? where key = ?",
                        changed.label().alias(),
                        changed.label().description(),
                        json(changed.label().tags()),
                        changed.policy().priority(),
                        changed.policy().fallback(),
                        sequence,
                        at(changed.at()),
                        key);
            case KeyRotated rotated -> {
                jdbc.update(
                        "update peer.key_version set retired_at = ? where key = ? and version = ?",
                        at(rotated.at()),
                        key,
                        rotated.version() - 1);
                version(tenant, key, rotated.version(), rotated.hint(), rotated.at());
                jdbc.update(
                        "update peer.key_view set version = ?, version_created_at = ?, hint = ?, fingerprint = ?,"
                                + " sequence = ?, updated_at = ? where key = ?",
                        rotated.version(),
                        at(rotated.at()),
                        rotated.hint(),
                        rotated.fingerprint(),
                        sequence,
                        at(rotated.at()),
                        key);
            }
            case KeyDisabled disabled -> status(key, 2, sequence, disabled.at());
            case KeyEnabled enabled -> status(key, 1, sequence, enabled.at());
            default -> throw new IllegalStateException("not in this history: " + event.getClass());
        }
    }

    private void version(UUID tenant, UUID key, int version, String hint, Instant created) {
        jdbc.update(
                "insert into peer.key_version (key, version, tenant, hint, created_at) values (?, ?, ?, ?, ?)"
                        + " on conflict (key, version) do nothing",
                key,
                version,
                tenant,
                hint,
                at(created));
    }

    private void status(UUID key, int status, long sequence, Instant changed) {
        jdbc.update(
                "update peer.key_view set status = ?, sequence = ?, updated_at = ? where key = ?",
                status,
                sequence,
                at(changed),
                key);
    }

    private void usage(UUID tenant, @Nullable UUID subject, UsageReported event) {
        for (UsageRecord record : event.records()) {
            add(tenant, subject, event, record, "requests", "", BigDecimal.ONE);
            record.units().forEach((unit, amount) -> add(tenant, subject, event, record, "unit", unit, amount));
            UsageRecord.Cost cost = record.cost();
            if (cost != null) {
                add(tenant, subject, event, record, "cost", cost.currency(), cost.amount());
            }
        }
    }

    private void add(
            UUID tenant,
            @Nullable UUID subject,
            UsageReported event,
            UsageRecord record,
            String measure,
            String name,
            BigDecimal amount) {
        jdbc.update(
                "insert into peer.usage_day (tenant, day, provider, model, user_id, key, measure, name, amount, subject)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " on conflict (tenant, day, provider, model, subject, key, measure, name)"
                        + " do update set amount = usage_day.amount + excluded.amount",
                tenant,
                LocalDate.ofInstant(record.occurredAt(), ZoneOffset.UTC),
                record.provider(),
                record.model(),
                event.userId(),
                record.key() == null ? null : record.key().value(),
                measure,
                name,
                amount,
                subject);
    }

    private void used(Use use) {
        jdbc.update(
                "update peer.key_view set last_used_at = greatest(last_used_at, ?) where key = ?",
                at(use.at()),
                use.key().value());
    }

    private void validated(UUID tenant, long position, KeyValidated event) {
        jdbc.update(
                "insert into peer.key_health (key, tenant, version, state, score, message, checked_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?) on conflict (key) do update set version = excluded.version,"
                        + " state = excluded.state, score = excluded.score, message = excluded.message,"
                        + " checked_at = excluded.checked_at",
                event.key().value(),
                tenant,
                event.version(),
                event.state(),
                event.score(),
                event.message(),
                at(event.at()));
        jdbc.update(
                "insert into peer.key_validation (key, position, tenant, version, state, score, message, lacks, occasion,"
                        + " called, took_millis, at) values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)"
                        + " on conflict (key, position) do nothing",
                event.key().value(),
                position,
                tenant,
                event.version(),
                event.state(),
                event.score(),
                event.message(),
                json(event.lacks()),
                event.occasion(),
                event.called(),
                event.tookMillis(),
                at(event.at()));
    }

    private void chain(UUID tenant, @Nullable UUID subject, long sequence, ChainSet set) {
        jdbc.update(
                "insert into peer.chain_view (chain, tenant, user_id, provider, environment, keys, system, conditions,"
                        + " max_retries, retry_delay_ms, removed, sequence, updated_at, subject)"
                        + " values (?, ?, ?, ?, ?, ?::jsonb, ?, ?::jsonb, ?, ?, false, ?, ?, ?) on conflict (chain) do nothing",
                set.chain().value(),
                tenant,
                set.userId(),
                set.provider(),
                set.environment(),
                json(set.policy().keys().stream().map(key -> key.text()).toList()),
                set.policy().system(),
                json(set.policy().on()),
                set.policy().maxRetries(),
                set.policy().retryDelayMs(),
                sequence,
                at(set.at()),
                subject);
    }

    private static String json(List<String> words) {
        return JSON.writeValueAsString(words);
    }

    static OffsetDateTime at(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
