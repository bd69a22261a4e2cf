package io.byok.query.chain;

import static io.byok.query.jooq.Tables.CHAIN_VIEW;

import io.byok.kernel.Envelope;
import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.chain.ChainEvent;
import io.byok.kernel.erase.ErasureEvent;
import io.byok.kernel.erase.TenantErasureEvent;
import io.byok.query.feed.Batch;
import io.byok.query.feed.Projector;
import io.byok.query.feed.Rows;
import io.byok.query.jooq.tables.records.ChainViewRecord;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Table;
import org.jooq.impl.DSL;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the chains: loads the rows a batch touches, folds, writes them back. Those of an erased user go, all of them. */
public final class ChainProjector implements Projector {

    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public String name() {
        return "chains";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(CHAIN_VIEW);
    }

    @Override
    public void apply(DSLContext view, Batch batch) {
        Set<UUID> touched = new LinkedHashSet<>();
        batch.each(ChainEvent.class, (_, event) -> touched.add(event.chain().value()));
        if (!touched.isEmpty()) {
            write(view, batch, touched);
        }
        // Nothing about the user comes after this event, so what a batch holds of them is written before it is deleted.
        batch.each(ErasureEvent.class, (envelope, event) -> {
            if (event instanceof ErasureEvent.SubjectKeysDestroyed destroyed) {
                view.deleteFrom(CHAIN_VIEW)
                        .where(CHAIN_VIEW.TENANT.eq(envelope.tenant().value()))
                        .and(CHAIN_VIEW.SUBJECT.eq(destroyed.subject().value()))
                        .execute();
            }
        });
        batch.each(TenantErasureEvent.class, (_, event) -> {
            if (event instanceof TenantErasureEvent.TenantKeysDestroyed destroyed) {
                view.deleteFrom(CHAIN_VIEW)
                        .where(CHAIN_VIEW.TENANT.eq(destroyed.tenant().value()))
                        .execute();
            }
        });
    }

    private static void write(DSLContext view, Batch batch, Set<UUID> touched) {
        Map<UUID, ChainViewRecord> rows = new HashMap<>();
        view.selectFrom(CHAIN_VIEW)
                .where(CHAIN_VIEW.CHAIN.eq(DSL.any(touched.toArray(UUID[]::new))))
                .forEach(row -> rows.put(row.getChain(), row));
        batch.each(ChainEvent.class, (envelope, event) -> apply(rows, envelope, event));
        Map<Field<?>, Field<?>> replaced = new HashMap<>();
        Arrays.stream(CHAIN_VIEW.fields())
                .filter(column -> !column.equals(CHAIN_VIEW.CHAIN))
                .forEach(column -> replaced.put(column, DSL.excluded(column)));
        view.insertInto(CHAIN_VIEW)
                .columns(CHAIN_VIEW.fields())
                .select(Rows.of(view, CHAIN_VIEW, rows.values()))
                .onConflict(CHAIN_VIEW.CHAIN)
                .doUpdate()
                .set(replaced)
                .execute();
    }

    private static void apply(Map<UUID, ChainViewRecord> rows, Envelope envelope, ChainEvent event) {
        ChainViewRecord before = rows.get(event.chain().value());
        long expected = before == null ? 0 : before.getSequence() + 1;
        if (envelope.sequence() != expected) {
            throw new IllegalStateException("event " + envelope.sequence() + " came where " + expected + " was due");
        }
        switch (event) {
            case ChainEvent.ChainSet set -> rows.put(set.chain().value(), row(envelope, set));
            case ChainEvent.ChainRemoved removed -> {
                if (before == null) {
                    throw new IllegalStateException("a chain's history begins with its removal");
                }
                before.setRemoved(true);
                before.setSequence(envelope.sequence());
                before.setUpdatedAt(Rows.utc(removed.at()));
            }
        }
    }

    private static ChainViewRecord row(Envelope envelope, ChainEvent.ChainSet set) {
        SubjectId subject = envelope.subject();
        ChainViewRecord row = new ChainViewRecord();
        row.setChain(set.chain().value());
        row.setTenant(envelope.tenant().value());
        row.setSubject(subject == null ? null : subject.value());
        row.setUserId(set.userId());
        row.setProvider(set.provider());
        row.setEnvironment(set.environment());
        row.setKeys(json(set.policy().keys().stream().map(KeyId::text).toList()));
        row.setSystem(set.policy().system());
        row.setConditions(json(set.policy().on()));
        row.setMaxRetries(set.policy().maxRetries());
        row.setRetryDelayMs(set.policy().retryDelayMs());
        row.setRemoved(false);
        row.setSequence(envelope.sequence());
        row.setUpdatedAt(Rows.utc(set.at()));
        return row;
    }

    private static JSONB json(List<String> words) {
        return JSONB.valueOf(JSON.writeValueAsString(words));
    }
}
