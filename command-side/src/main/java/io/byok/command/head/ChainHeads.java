package io.byok.command.head;

import static io.byok.command.jooq.head.Tables.CHAIN_HEAD;

import io.byok.command.jooq.head.tables.records.ChainHeadRecord;
import io.byok.command.store.Alongside;
import io.byok.command.store.Pending;
import io.byok.kernel.ChainId;
import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.chain.ChainPolicy;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** What is said about fallback, of all end users and tenants. Of two first sayings at once only one is written. */
public final class ChainHeads implements Alongside<ChainHead> {

    /** Somebody else said something for the same place first; read it and go on from there. */
    public static final class PlaceTaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PlaceTaken() {
            super("the place is taken", null, false, false);
        }
    }

    private final DSLContext database;

    public ChainHeads(DSLContext database) {
        this.database = database;
    }

    /** Also one that was removed. */
    public Optional<ChainHead> find(TenantId tenant, SubjectId owner, String provider, String environment) {
        return database.selectFrom(CHAIN_HEAD)
                .where(CHAIN_HEAD.TENANT.eq(tenant.value()))
                .and(CHAIN_HEAD.SUBJECT.eq(owner.value()))
                .and(CHAIN_HEAD.PROVIDER.eq(provider))
                .and(CHAIN_HEAD.ENVIRONMENT.eq(environment))
                .fetchOptional(ChainHeads::head);
    }

    /** What holds for these owners, without what was removed. */
    List<ChainHead> holding(TenantId tenant, List<SubjectId> owners, String provider, String environment) {
        return database.selectFrom(CHAIN_HEAD)
                .where(CHAIN_HEAD.TENANT.eq(tenant.value()))
                .and(CHAIN_HEAD.SUBJECT.in(owners.stream().map(SubjectId::value).toList()))
                .and(CHAIN_HEAD.PROVIDER.eq(provider))
                .and(CHAIN_HEAD.ENVIRONMENT.eq(environment))
                .and(CHAIN_HEAD.REMOVED.isFalse())
                .fetch(ChainHeads::head);
    }

    /** Deletes what was said for a user who is being erased, removed or not. Within the transaction of the erasure. */
    public static void forget(Connection connection, TenantId tenant, SubjectId subject) {
        using(connection)
                .deleteFrom(CHAIN_HEAD)
                .where(CHAIN_HEAD.TENANT.eq(tenant.value()))
                .and(CHAIN_HEAD.SUBJECT.eq(subject.value()))
                .execute();
    }

    @Override
    public void admit(Connection connection, List<Pending<ChainHead>> items) {
        for (Pending<ChainHead> item : items) {
            ChainHead head = item.value();
            boolean taken = using(connection)
                    .fetchExists(
                            CHAIN_HEAD,
                            CHAIN_HEAD
                                    .TENANT
                                    .eq(head.tenant().value())
                                    .and(CHAIN_HEAD.SUBJECT.eq(head.owner().value()))
                                    .and(CHAIN_HEAD.PROVIDER.eq(head.provider()))
                                    .and(CHAIN_HEAD.ENVIRONMENT.eq(head.environment()))
                                    .and(CHAIN_HEAD.CHAIN.ne(head.chain().value())));
            boolean twice = items.stream()
                    .map(Pending::value)
                    .anyMatch(other -> samePlace(head, other) && !head.chain().equals(other.chain()));
            if (taken || twice) {
                item.refuse(new PlaceTaken());
            }
        }
    }

    private static boolean samePlace(ChainHead one, ChainHead other) {
        return one.tenant().equals(other.tenant())
                && one.owner().equals(other.owner())
                && one.provider().equals(other.provider())
                && one.environment().equals(other.environment());
    }

    @Override
    public void write(Connection connection, List<Pending<ChainHead>> items) {
        DSLContext batch = using(connection);
        batch.batch(items.stream()
                        .map(item -> row(item.value()))
                        .map(row -> batch.insertInto(CHAIN_HEAD)
                                .set(row)
                                .onConflict(CHAIN_HEAD.CHAIN)
                                .doUpdate()
                                .set(row))
                        .toList())
                .execute();
    }

    private static DSLContext using(Connection connection) {
        return DSL.using(connection, SQLDialect.POSTGRES);
    }

    private static ChainHeadRecord row(ChainHead head) {
        ChainHeadRecord row = new ChainHeadRecord();
        row.setTenant(head.tenant().value());
        row.setSubject(head.owner().value());
        row.setProvider(head.provider());
        row.setEnvironment(head.environment());
        row.setChain(head.chain().value());
        row.setSequence(head.sequence());
        row.setRemoved(head.removed());
        row.setKeys(head.policy().keys().stream().map(KeyId::value).toArray(UUID[]::new));
        row.setSystem(head.policy().system());
        row.setConditions(head.policy().on().toArray(String[]::new));
        row.setMaxRetries(head.policy().maxRetries());
        row.setRetryDelayMs(head.policy().retryDelayMs());
        return row;
    }

    private static ChainHead head(ChainHeadRecord row) {
        return new ChainHead(
                new ChainId(row.getChain()),
                new TenantId(row.getTenant()),
                new SubjectId(row.getSubject()),
                row.getProvider(),
                row.getEnvironment(),
                row.getRemoved(),
                row.getSequence(),
                new ChainPolicy(
                        Arrays.stream(row.getKeys()).map(KeyId::new).toList(),
                        row.getSystem(),
                        List.of(row.getConditions()),
                        row.getMaxRetries(),
                        row.getRetryDelayMs()));
    }
}
