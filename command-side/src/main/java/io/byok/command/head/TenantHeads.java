package io.byok.command.head;

import static io.byok.command.jooq.head.Tables.TENANT_HEAD;

import io.byok.command.store.Alongside;
import io.byok.command.store.Pending;
import io.byok.kernel.TenantId;
import java.sql.Connection;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** The tenants there are; their names are unique. */
public final class TenantHeads implements Alongside<TenantHeads.TenantHead> {

    /** One tenant. */
    public record TenantHead(TenantId tenant, String name, Instant createdAt) {}

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

    /** All of them, by name. */
    public List<TenantHead> all() {
        return database.selectFrom(TENANT_HEAD)
                .orderBy(TENANT_HEAD.NAME)
                .fetch(row -> new TenantHead(
                        new TenantId(row.getTenant()),
                        row.getName(),
                        row.getCreatedAt().toInstant()));
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
