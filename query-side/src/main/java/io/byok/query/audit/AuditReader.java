package io.byok.query.audit;

import static io.byok.query.jooq.Tables.AUDIT_EVENT;
import static io.byok.query.jooq.Tables.AUDIT_SUBJECT;

import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.query.feed.Rows;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectSeekStep2;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads the audit trail of one tenant. Every statement is bound to the tenant it is given. */
public final class AuditReader {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, Object>> DETAILS = new TypeReference<>() {};

    private static final int FETCH = 1_000;

    private final DSLContext view;

    public AuditReader(DSLContext view) {
        this.view = view;
    }

    /** Where a page ended. */
    record Place(long position, int item) {

        /** @param id of a fact */
        static Place of(String id) {
            int dot = id.indexOf('.');
            return new Place(Long.parseLong(id.substring(0, dot)), Integer.parseInt(id.substring(dot + 1)));
        }

        static Place of(ByteBuffer bytes) {
            return new Place(bytes.getLong(), bytes.getInt());
        }

        byte[] bytes() {
            return ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                    .putLong(position)
                    .putInt(item)
                    .array();
        }
    }

    /** Facts from the newest to the oldest. @param before where the page before ended, absent for the first page */
    List<AuditView> list(TenantId tenant, AuditFilter filter, @Nullable Place before, int most) {
        List<Condition> conditions = conditions(filter, tenant);
        if (before != null) {
            conditions.add(DSL.row(AUDIT_EVENT.POSITION, AUDIT_EVENT.ITEM).lt(before.position(), before.item()));
        }
        return facts(view, conditions).limit(most).fetch(AuditReader::view);
    }

    /** All facts from the newest to the oldest, within one snapshot and in bounded memory. */
    void each(TenantId tenant, AuditFilter filter, Consumer<AuditView> visitor) {
        view.transaction(transaction -> {
            DSLContext snapshot = transaction.dsl();
            snapshot.execute("set transaction isolation level repeatable read, read only");
            try (Cursor<Record> facts =
                    facts(snapshot, conditions(filter, tenant)).fetchSize(FETCH).fetchLazy()) {
                facts.forEach(row -> visitor.accept(view(row)));
            }
        });
    }

    private static SelectSeekStep2<Record, Long, Integer> facts(DSLContext view, List<Condition> conditions) {
        return view.select(AUDIT_EVENT.fields())
                .select(AUDIT_SUBJECT.USER_ID)
                .from(AUDIT_EVENT)
                .leftJoin(AUDIT_SUBJECT)
                .on(AUDIT_SUBJECT.TENANT.eq(AUDIT_EVENT.TENANT).and(AUDIT_SUBJECT.SUBJECT.eq(AUDIT_EVENT.SUBJECT)))
                .where(conditions)
                .orderBy(AUDIT_EVENT.POSITION.desc(), AUDIT_EVENT.ITEM.desc());
    }

    private static List<Condition> conditions(AuditFilter filter, TenantId tenant) {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(AUDIT_EVENT.TENANT.eq(tenant.value()));
        if (filter.userId() != null) {
            conditions.add(AUDIT_EVENT.SUBJECT.in(DSL.select(AUDIT_SUBJECT.SUBJECT)
                    .from(AUDIT_SUBJECT)
                    .where(AUDIT_SUBJECT.TENANT.eq(tenant.value()))
                    .and(AUDIT_SUBJECT.USER_ID.eq(filter.userId()))));
        }
        if (filter.key() != null) {
            conditions.add(AUDIT_EVENT.KEY.eq(filter.key().value()));
        }
        if (filter.actor() != null) {
            conditions.add(AUDIT_EVENT.ACTOR.eq(filter.actor()));
        }
        if (filter.action() != null) {
            conditions.add(AUDIT_EVENT.ACTION.eq(filter.action()));
        }
        if (filter.outcome() != null) {
            conditions.add(AUDIT_EVENT.OUTCOME.eq(filter.outcome()));
        }
        if (filter.purpose() != null) {
            conditions.add(AUDIT_EVENT.PURPOSE.eq(filter.purpose()));
        }
        if (filter.range().from() != null) {
            conditions.add(AUDIT_EVENT.AT.ge(Rows.utc(filter.range().from())));
        }
        if (filter.range().to() != null) {
            conditions.add(AUDIT_EVENT.AT.lt(Rows.utc(filter.range().to())));
        }
        return conditions;
    }

    private static AuditView view(Record row) {
        UUID key = row.get(AUDIT_EVENT.KEY);
        UUID subject = row.get(AUDIT_EVENT.SUBJECT);
        return new AuditView(
                row.get(AUDIT_EVENT.POSITION) + "." + row.get(AUDIT_EVENT.ITEM),
                row.get(AUDIT_EVENT.POSITION),
                row.get(AUDIT_EVENT.AT).toInstant(),
                row.get(AUDIT_EVENT.ACTION),
                row.get(AUDIT_EVENT.OUTCOME),
                row.get(AUDIT_EVENT.ACTOR),
                key == null ? null : new KeyId(key).text(),
                row.get(AUDIT_SUBJECT.USER_ID),
                subject == null ? null : new SubjectId(subject).text(),
                row.get(AUDIT_EVENT.PURPOSE),
                row.get(AUDIT_EVENT.REASON),
                row.get(AUDIT_EVENT.REQUEST_ID),
                row.get(AUDIT_EVENT.EVENT_ID).toString(),
                JSON.readValue(row.get(AUDIT_EVENT.DETAILS).data(), DETAILS));
    }
}
