package io.byok.command.head;

import static io.byok.command.jooq.head.Tables.TENANT_HEAD;

import io.byok.command.jooq.head.tables.records.TenantHeadRecord;
import io.byok.command.store.Alongside;
import io.byok.command.store.Pending;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import java.sql.Connection;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The tenants there are; their names are unique. */
public final class TenantHeads implements Alongside<TenantHeads.TenantHead> {

    /**
     * One tenant.
     *
     * @param suspendedAt since when it may do nothing; absent when it may
     */
    public record TenantHead(
            TenantId tenant,
            String name,
            Instant createdAt,
            @Nullable Instant suspendedAt) {}

    private final DSLContext database;
    private final Supplier<RuntimeException> nameTaken;

    /** @param nameTaken what a second tenant of one name is refused with */
    public TenantHeads(DSLContext database, Supplier<RuntimeException> nameTaken) {
        this.database = database;
        this.nameTaken = nameTaken;
    }

    public Optional<TenantId> find(String name) {
        return database.select(TENANT_HEAD.TENANT)
                .from(TENANT_HEAD)
                .where(TENANT_HEAD.NAME.eq(name))
                .fetchOptional(row -> new TenantId(row.value1()));
    }

    /** A number of them, the oldest first. @param last after which, absent for from the beginning */
    public List<TenantHead> after(@Nullable TenantId last, int most) {
        return database.selectFrom(TENANT_HEAD)
                .where(last == null ? DSL.noCondition() : TENANT_HEAD.TENANT.gt(last.value()))
                .orderBy(TENANT_HEAD.TENANT)
                .limit(most)
                .fetch(TenantHeads::head);
    }

    /** Empty when there is no such tenant. */
    public Optional<TenantHead> find(TenantId tenant) {
        return database.selectFrom(TENANT_HEAD)
                .where(TENANT_HEAD.TENANT.eq(tenant.value()))
                .fetchOptional(TenantHeads::head);
    }

    private static TenantHead head(TenantHeadRecord row) {
        return new TenantHead(
                new TenantId(row.getTenant()),
                row.getName(),
                row.getCreatedAt().toInstant(),
                row.getSuspendedAt() == null ? null : row.getSuspendedAt().toInstant());
    }

    /** Those of the given tenants that may do nothing now. */
    public Set<TenantId> suspended(Collection<TenantId> tenants) {
        return database.select(TENANT_HEAD.TENANT)
                .from(TENANT_HEAD)
                .where(TENANT_HEAD.TENANT.eq(
                        DSL.any(tenants.stream().map(TenantId::value).toArray(UUID[]::new))))
                .and(TENANT_HEAD.SUSPENDED_AT.isNotNull())
                .fetchSet(row -> new TenantId(row.value1()));
    }

    /** The tenant as the owner of what is its own: the platform's keys, the default for fallback. */
    public static SubjectId self(TenantId tenant) {
        return new SubjectId(tenant.value());
    }

    @Override
    public void admit(Connection connection, List<Pending<TenantHead>> items) {
        Set<String> taken = new HashSet<>(DSL.using(connection, SQLDialect.POSTGRES)
                .select(TENANT_HEAD.NAME)
                .from(TENANT_HEAD)
                .where(TENANT_HEAD.NAME.in(
                        items.stream().map(item -> item.value().name()).toList()))
                .fetch(TENANT_HEAD.NAME));
        for (Pending<TenantHead> item : items) {
            if (!taken.add(item.value().name())) {
                item.refuse(nameTaken.get());
            }
        }
    }

    @Override
    public void write(Connection connection, List<Pending<TenantHead>> items) {
        DSLContext batch = DSL.using(connection, SQLDialect.POSTGRES);
        batch.batch(items.stream()
                        .map(Pending::value)
                        .map(head -> batch.insertInto(TENANT_HEAD)
                                .set(TENANT_HEAD.TENANT, head.tenant().value())
                                .set(TENANT_HEAD.NAME, head.name())
                                .set(TENANT_HEAD.CREATED_AT, KeyHeads.utc(head.createdAt())))
                        .toList())
                .execute();
    }
}
