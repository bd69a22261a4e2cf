package io.byok.query.audit;

import static io.byok.query.jooq.Tables.AUDIT_EVENT;
import static io.byok.query.jooq.Tables.AUDIT_LEAF;
import static io.byok.query.jooq.Tables.AUDIT_SUBJECT;

import io.byok.kernel.Envelope;
import io.byok.kernel.StreamType;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.chain.ChainEvent;
import io.byok.kernel.erase.ErasureEvent;
import io.byok.kernel.erase.TenantErasureEvent;
import io.byok.kernel.key.KeyEvent;
import io.byok.kernel.retention.RetentionEvent;
import io.byok.kernel.subject.SubjectEvent;
import io.byok.kernel.usage.UsageEvent;
import io.byok.platform.event.Opened;
import io.byok.platform.event.SealedEvent;
import io.byok.query.audit.tree.AuditTrees;
import io.byok.query.feed.Batch;
import io.byok.query.feed.CopyRows;
import io.byok.query.feed.Day;
import io.byok.query.feed.Held;
import io.byok.query.feed.Projector;
import io.byok.query.feed.Rows;
import io.byok.query.jooq.tables.records.AuditEventRecord;
import io.byok.query.jooq.tables.records.AuditSubjectRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the audit trail. End users stand in it by their random id; who that is lies in one place, so that one deletion
 * makes the whole trail forget a person and lose no fact. Fills the audit logs in the same transaction.
 */
public final class AuditProjector implements Projector {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final AuditTrees trees;

    public AuditProjector(AuditTrees trees) {
        this.trees = trees;
    }

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public List<Table<?>> tables() {
        List<Table<?>> tables = new ArrayList<>(List.of(AUDIT_EVENT, AUDIT_SUBJECT));
        tables.addAll(trees.tables());
        return tables;
    }

    @Override
    public Set<Table<?>> appended() {
        return Set.of(AUDIT_EVENT, AUDIT_LEAF);
    }

    @Override
    public void apply(DSLContext view, Batch batch) {
        trees.append(view, batch);
        List<AuditEventRecord> facts = new ArrayList<>();
        Map<UUID, AuditSubjectRecord> subjects = new HashMap<>();
        for (Batch.Entry entry : batch.entries()) {
            int item = 0;
            for (Fact fact : Facts.of(entry.opened())) {
                facts.add(row(entry.position(), item++, entry.opened().sealed(), fact));
            }
            if (entry.opened() instanceof Opened.Clear clear) {
                remember(subjects, clear.envelope());
            }
        }
        CopyRows.into(view, AUDIT_EVENT, facts);
        remember(view, subjects);
        batch.each(RetentionEvent.class, (envelope, event) -> {
            if (event instanceof RetentionEvent.AuditYearPruned pruned) {
                PrunedYear.of(envelope.tenant(), pruned).letGo(view);
            }
        });
        batch.each(ErasureEvent.class, (envelope, event) -> {
            if (event instanceof ErasureEvent.SubjectKeysDestroyed destroyed) {
                forget(view, envelope.tenant(), destroyed.subject());
            }
        });
        batch.each(TenantErasureEvent.class, (_, event) -> {
            if (event instanceof TenantErasureEvent.TenantKeysDestroyed destroyed) {
                ErasedTenant.forget(view, destroyed.tenant());
            }
        });
    }

    private static void remember(DSLContext view, Map<UUID, AuditSubjectRecord> subjects) {
        if (!subjects.isEmpty()) {
            view.insertInto(AUDIT_SUBJECT)
                    .columns(AUDIT_SUBJECT.fields())
                    .select(Rows.of(view, AUDIT_SUBJECT, subjects.values()))
                    .onConflict(AUDIT_SUBJECT.TENANT, AUDIT_SUBJECT.SUBJECT)
                    .doUpdate()
                    .set(AUDIT_SUBJECT.USER_ID, DSL.excluded(AUDIT_SUBJECT.USER_ID))
                    .execute();
        }
    }

    /**
     * Leaves of what was sealed for the user just what a replay would find, now that it does not open: that it happened,
     * when, and to which key. What names the user in the tenant's own records does so by the random id, and stays.
     */
    private static void forget(DSLContext view, TenantId tenant, SubjectId subject) {
        view.deleteFrom(AUDIT_SUBJECT)
                .where(AUDIT_SUBJECT.TENANT.eq(tenant.value()))
                .and(AUDIT_SUBJECT.SUBJECT.eq(subject.value()))
                .execute();
        view.update(AUDIT_EVENT)
                .set(AUDIT_EVENT.OUTCOME, Fact.ERASED)
                .setNull(AUDIT_EVENT.ACTOR)
                .set(
                        AUDIT_EVENT.KEY,
                        DSL.when(AUDIT_EVENT.STREAM.startsWith(StreamType.KEY.word() + "/"), AUDIT_EVENT.KEY))
                .setNull(AUDIT_EVENT.PURPOSE)
                .setNull(AUDIT_EVENT.REASON)
                .setNull(AUDIT_EVENT.REQUEST_ID)
                .set(AUDIT_EVENT.DETAILS, JSONB.valueOf("{}"))
                .where(AUDIT_EVENT.TENANT.eq(tenant.value()))
                .and(AUDIT_EVENT.SUBJECT.eq(subject.value()))
                .and(AUDIT_EVENT.SEALED_FOR.eq(subject.value()))
                .execute();
    }

    /** Leaves stand in the order of the log, and their trees are signed: a fact can neither come late nor be left out. */
    @Override
    public boolean takesLate() {
        return false;
    }

    @Override
    public List<Day> days(DSLContext view) {
        return AuditDays.of(view);
    }

    @Override
    public Optional<Held> held(DSLContext live, DSLContext replayed, long position) {
        return Optional.of(trees.held(live, replayed, position));
    }

    private static void remember(Map<UUID, AuditSubjectRecord> subjects, Envelope envelope) {
        SubjectId subject = envelope.subject();
        String userId = userId(envelope);
        if (subject != null && userId != null) {
            subjects.put(
                    subject.value(), new AuditSubjectRecord(envelope.tenant().value(), subject.value(), userId));
        }
    }

    private static @Nullable String userId(Envelope envelope) {
        return switch (envelope.event()) {
            case SubjectEvent.SubjectRegistered registered -> registered.userId();
            case KeyEvent.KeyAdded added -> added.userId();
            case UsageEvent.UsageReported reported -> reported.userId();
            case ChainEvent.ChainSet set -> set.userId();
            default -> null;
        };
    }

    private static AuditEventRecord row(long position, int item, SealedEvent sealed, Fact fact) {
        AuditEventRecord row = new AuditEventRecord();
        row.setPosition(position);
        row.setItem(item);
        row.setTenant(sealed.tenant().value());
        row.setAt(Rows.utc(fact.at()));
        row.setAction(fact.action());
        row.setOutcome(fact.outcome());
        row.setActor(fact.actor());
        row.setStream(sealed.stream().toString());
        row.setKey(fact.key() == null ? null : fact.key().value());
        SubjectId sealedFor = sealed.subject();
        row.setSealedFor(sealedFor == null ? null : sealedFor.value());
        row.setSubject(fact.subject() == null ? null : fact.subject().value());
        row.setPurpose(fact.purpose());
        row.setReason(fact.reason());
        row.setRequestId(fact.requestId());
        row.setEventId(sealed.eventId());
        row.setDetails(JSONB.valueOf(JSON.writeValueAsString(fact.details())));
        return row;
    }
}
