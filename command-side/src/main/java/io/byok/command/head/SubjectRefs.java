package io.byok.command.head;

import static io.byok.command.jooq.head.Tables.SUBJECT_REF;

import io.byok.command.store.Alongside;
import io.byok.command.store.Pending;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.platform.seal.LookupHash;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * From the application's id of an end user to the random one. The application's id is stored as a keyed hash only; once
 * the row is destroyed nothing leads from one to the other.
 */
public final class SubjectRefs implements Alongside<SubjectRefs.Ref> {

    /**
     * One mapping.
     *
     * @param userRef keyed hash, 32 bytes
     */
    public record Ref(TenantId tenant, byte[] userRef, SubjectId subject) {

        private String slot() {
            return tenant.value() + HexFormat.of().formatHex(userRef);
        }
    }

    /** Somebody else registered the same end user first; read it. */
    public static final class AlreadyRegistered extends RuntimeException {

        private static final long serialVersionUID = 1L;

        AlreadyRegistered() {
            super("already registered", null, false, false);
        }
    }

    private final DSLContext database;
    private final LookupHash hash;

    public SubjectRefs(DSLContext database, LookupHash hash) {
        this.database = database;
        this.hash = hash;
    }

    /** The random id of an end user; empty when the application never named it before. */
    public Optional<SubjectId> find(TenantId tenant, String userId) {
        return database.select(SUBJECT_REF.SUBJECT)
                .from(SUBJECT_REF)
                .where(SUBJECT_REF.TENANT.eq(tenant.value()))
                .and(SUBJECT_REF.USER_REF.eq(userRef(tenant, userId)))
                .fetchOptional(row -> new SubjectId(row.value1()));
    }

    /** The mapping to be written with the event that registers the end user. */
    public Ref ref(TenantId tenant, String userId, SubjectId subject) {
        return new Ref(tenant, userRef(tenant, userId), subject);
    }

    private byte[] userRef(TenantId tenant, String userId) {
        return hash.hash(tenant, "user", userId.getBytes(StandardCharsets.UTF_8));
    }

    /** From the commit on nothing leads from the application's id to the random one; used again, it names somebody new. */
    public static void forget(Connection connection, TenantId tenant, SubjectId subject) {
        using(connection)
                .deleteFrom(SUBJECT_REF)
                .where(SUBJECT_REF.TENANT.eq(tenant.value()))
                .and(SUBJECT_REF.SUBJECT.eq(subject.value()))
                .execute();
    }

    @Override
    public void admit(Connection connection, List<Pending<Ref>> items) {
        Set<String> taken = using(connection)
                .selectFrom(SUBJECT_REF)
                .where(DSL.row(SUBJECT_REF.TENANT, SUBJECT_REF.USER_REF)
                        .in(items.stream()
                                .map(item -> DSL.row(
                                        item.value().tenant().value(),
                                        item.value().userRef()))
                                .toList()))
                .fetch(row -> new Ref(new TenantId(row.getTenant()), row.getUserRef(), new SubjectId(row.getSubject())))
                .stream()
                .map(Ref::slot)
                .collect(Collectors.toCollection(HashSet::new));
        for (Pending<Ref> item : items) {
            if (!taken.add(item.value().slot())) {
                item.refuse(new AlreadyRegistered());
            }
        }
    }

    @Override
    public void write(Connection connection, List<Pending<Ref>> items) {
        DSLContext batch = using(connection);
        batch.batch(items.stream()
                        .map(Pending::value)
                        .map(ref -> batch.insertInto(SUBJECT_REF)
                                .set(SUBJECT_REF.TENANT, ref.tenant().value())
                                .set(SUBJECT_REF.USER_REF, ref.userRef())
                                .set(SUBJECT_REF.SUBJECT, ref.subject().value()))
                        .toList())
                .execute();
    }

    private static DSLContext using(Connection connection) {
        return DSL.using(connection, SQLDialect.POSTGRES);
    }
}
