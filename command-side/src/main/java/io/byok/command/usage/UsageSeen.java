package io.byok.command.usage;

import static io.byok.command.jooq.head.Tables.USAGE_SEEN;

import io.byok.command.store.Alongside;
import io.byok.command.store.Pending;
import io.byok.command.usage.UsageBatch.Reported;
import java.sql.Connection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.BatchBindStep;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** Tells, under the append lock, which records are counted already, and remembers the new ones with the events. */
final class UsageSeen implements Alongside<UsageBatch> {

    @Override
    public void admit(Connection connection, List<Pending<UsageBatch>> items) {
        Map<UUID, List<UsageBatch>> byTenant = items.stream()
                .map(Pending::value)
                .collect(Collectors.groupingBy(batch -> batch.tenant().value()));
        byTenant.forEach((tenant, batches) -> {
            Set<String> seen = seen(connection, tenant, batches);
            for (UsageBatch batch : batches) {
                for (Reported one : batch.reported()) {
                    one.duplicate(!seen.add(HexFormat.of().formatHex(one.recordId())));
                }
            }
        });
    }

    private static Set<String> seen(Connection connection, UUID tenant, List<UsageBatch> batches) {
        byte[][] ids = batches.stream()
                .flatMap(batch -> batch.reported().stream())
                .map(Reported::recordId)
                .toArray(byte[][]::new);
        return new HashSet<>(using(connection)
                .select(USAGE_SEEN.RECORD_ID)
                .from(USAGE_SEEN)
                .where(USAGE_SEEN.TENANT.eq(tenant))
                .and(USAGE_SEEN.RECORD_ID.eq(DSL.any(ids)))
                .fetch(row -> HexFormat.of().formatHex(row.value1())));
    }

    @Override
    public void write(Connection connection, List<Pending<UsageBatch>> items) {
        DSLContext database = using(connection);
        BatchBindStep insert = database.batch(database.insertInto(USAGE_SEEN, USAGE_SEEN.TENANT, USAGE_SEEN.RECORD_ID)
                .values((UUID) null, (byte[]) null));
        int rows = 0;
        for (Pending<UsageBatch> item : items) {
            for (Reported one : item.value().reported()) {
                if (!one.duplicate()) {
                    insert = insert.bind(item.value().tenant().value(), one.recordId());
                    rows++;
                }
            }
        }
        if (rows > 0) {
            insert.execute();
        }
    }

    private static DSLContext using(Connection connection) {
        return DSL.using(connection, SQLDialect.POSTGRES);
    }
}
