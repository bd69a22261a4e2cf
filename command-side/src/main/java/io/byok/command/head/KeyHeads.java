package io.byok.command.head;

import static io.byok.command.jooq.head.Tables.KEY_HEAD;

import io.byok.command.jooq.head.tables.records.KeyHeadRecord;
import io.byok.command.store.Alongside;
import io.byok.command.store.Pending;
import io.byok.kernel.KeyId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.key.KeyPolicy;
import io.byok.platform.web.Caller;
import java.sql.Connection;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The heads of all keys. Written only as rows alongside the events of a key; what is read inside the append lock cannot
 * change before the commit, what is read elsewhere may be stale by then.
 */
public final class KeyHeads implements Alongside<KeyHead> {

    private final DSLContext database;

    public KeyHeads(DSLContext database) {
        this.database = database;
    }

    /** The head of a key of this tenant; empty for every other tenant's, and once its user's erasure was asked for. */
    public Optional<KeyHead> find(TenantId tenant, KeyId key) {
        return database.selectFrom(KEY_HEAD)
                .where(KEY_HEAD.KEY.eq(key.value()))
                .and(KEY_HEAD.TENANT.eq(tenant.value()))
                .and(KEY_HEAD.STATUS.ne(KeyHead.Status.ERASED.code()))
                .fetchOptional(KeyHeads::head);
    }

    /** The key of that id, as far as the caller's credential reaches: what lies outside does not exist for them. */
    public Optional<KeyHead> find(Caller caller, String keyId) {
        return KeyId.parse(keyId)
                .flatMap(key -> find(caller.tenant(), key))
                .filter(head -> caller.within().reaches(head.subject()))
                .filter(head -> caller.within().reaches(head.provider()));
    }

    /** Those of the given keys that are this tenant's. */
    public Set<KeyId> known(TenantId tenant, Collection<KeyId> keys) {
        return keys.isEmpty()
                ? Set.of()
                : database.select(KEY_HEAD.KEY)
                        .from(KEY_HEAD)
                        .where(KEY_HEAD.TENANT.eq(tenant.value()))
                        .and(KEY_HEAD.KEY.in(keys.stream().map(KeyId::value).toList()))
                        .fetchSet(row -> new KeyId(row.value1()));
    }

    /** The keys of one end user for a provider and environment that are not deleted, oldest first. */
    public List<KeyHead> candidates(TenantId tenant, SubjectId subject, String provider, String environment) {
        return candidates(tenant, List.of(subject), provider, environment);
    }

    /** The same for several owners. */
    List<KeyHead> candidates(TenantId tenant, List<SubjectId> owners, String provider, String environment) {
        return database.selectFrom(KEY_HEAD)
                .where(KEY_HEAD.TENANT.eq(tenant.value()))
                .and(KEY_HEAD.SUBJECT.in(owners.stream().map(SubjectId::value).toList()))
                .and(KEY_HEAD.PROVIDER.eq(provider))
                .and(KEY_HEAD.ENVIRONMENT.eq(environment))
                .and(KEY_HEAD.STATUS.notIn(KeyHead.Status.DELETED.code(), KeyHead.Status.ERASED.code()))
                .orderBy(KEY_HEAD.CREATED_AT, KEY_HEAD.KEY)
                .fetch(KeyHeads::head);
    }

    /** The keys of one end user that are neither revoked nor deleted, oldest first. */
    public List<KeyHead> testable(TenantId tenant, SubjectId subject, int most) {
        return database.selectFrom(KEY_HEAD)
                .where(KEY_HEAD.TENANT.eq(tenant.value()))
                .and(KEY_HEAD.SUBJECT.eq(subject.value()))
                .and(KEY_HEAD.STATUS.le(KeyHead.Status.DISABLED.code()))
                .orderBy(KEY_HEAD.CREATED_AT, KEY_HEAD.KEY)
                .limit(most)
                .fetch(KeyHeads::head);
    }

    /** The keys whose overlap is over at an instant, a bounded number of them; of erased users none. */
    public List<KeyHead> overlapsOver(Instant at, int limit) {
        return database.selectFrom(KEY_HEAD)
                .where(KEY_HEAD.PREVIOUS_UNTIL.le(utc(at)))
                .and(KEY_HEAD.STATUS.ne(KeyHead.Status.ERASED.code()))
                .orderBy(KEY_HEAD.PREVIOUS_UNTIL)
                .limit(limit)
                .fetch(KeyHeads::head);
    }

    /** From the commit on none of the user's keys serves. Call it inside the append lock only. */
    public static void stopServing(Connection connection, TenantId tenant, SubjectId subject) {
        using(connection)
                .update(KEY_HEAD)
                .set(KEY_HEAD.STATUS, KeyHead.Status.ERASED.code())
                .where(KEY_HEAD.TENANT.eq(tenant.value()))
                .and(KEY_HEAD.SUBJECT.eq(subject.value()))
                .execute();
    }

    /** From the commit on nobody knows these keys. */
    public static void forget(Connection connection, TenantId tenant, SubjectId subject) {
        using(connection)
                .deleteFrom(KEY_HEAD)
                .where(KEY_HEAD.TENANT.eq(tenant.value()))
                .and(KEY_HEAD.SUBJECT.eq(subject.value()))
                .execute();
    }

    @Override
    public void write(Connection connection, List<Pending<KeyHead>> items) {
        DSLContext batch = using(connection);
        batch.batch(items.stream()
                        .map(item -> record(item.value()))
                        .map(row -> batch.insertInto(KEY_HEAD)
                                .set(row)
                                .onConflict(KEY_HEAD.KEY)
                                .doUpdate()
                                .set(row))
                        .toList())
                .execute();
    }

    private static DSLContext using(Connection connection) {
        return DSL.using(connection, SQLDialect.POSTGRES);
    }

    private static KeyHeadRecord record(KeyHead head) {
        KeyHeadRecord row = new KeyHeadRecord();
        row.setKey(head.key().value());
        row.setTenant(head.tenant().value());
        row.setSubject(head.subject().value());
        row.setProvider(head.provider());
        row.setEnvironment(head.environment());
        row.setStatus(head.status().code());
        row.setVersion(head.version());
        row.setSequence(head.sequence());
        row.setPriority(head.policy().priority());
        row.setFallback(head.policy().fallback());
        row.setExpiresAt(utc(head.policy().expiresAt()));
        row.setModels(head.policy().modelPatterns().toArray(String[]::new));
        KeyHead.Previous previous = head.previous();
        row.setPreviousVersion(previous == null ? null : previous.version());
        row.setPreviousUntil(previous == null ? null : utc(previous.until()));
        row.setVersionSince(utc(head.versionSince()));
        row.setCreatedAt(utc(head.createdAt()));
        return row;
    }

    private static KeyHead head(KeyHeadRecord row) {
        OffsetDateTime expiresAt = row.getExpiresAt();
        return new KeyHead(
                new KeyId(row.getKey()),
                new TenantId(row.getTenant()),
                new SubjectId(row.getSubject()),
                row.getProvider(),
                row.getEnvironment(),
                KeyHead.Status.of(row.getStatus()),
                row.getVersion(),
                row.getSequence(),
                new KeyPolicy(
                        expiresAt == null ? null : expiresAt.toInstant(),
                        row.getPriority(),
                        row.getFallback(),
                        List.of(row.getModels())),
                row.getPreviousUntil() == null
                        ? null
                        : new KeyHead.Previous(
                                row.getPreviousVersion(), row.getPreviousUntil().toInstant()),
                row.getVersionSince().toInstant(),
                row.getCreatedAt().toInstant());
    }

    static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
