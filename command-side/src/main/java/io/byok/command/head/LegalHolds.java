package io.byok.command.head;

import io.byok.kernel.HoldId;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.hold.HeldScope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which legal hold stands in the way, as of the caller's transaction. Asked under the append lock it knows no race: a hold
 * is placed under the same lock, so it comes either before what it forbids, or after.
 */
public final class LegalHolds {

    private static final String OF_SUBJECT = """
            select h.hold from head.legal_hold h
             where h.tenant = ? and h.status in (2, 3) and (h.subject is null or h.subject = ?)
               and (h.held_from is null and h.held_to is null
                    or exists (select from log.event e where e.subject = ?
                                and (h.held_from is null or e.occurred_at >= h.held_from)
                                and (h.held_to is null or e.occurred_at < h.held_to)))
             order by h.hold limit 1""";

    private static final String OF_TIME = """
            select hold from head.legal_hold
             where tenant = ? and status in (2, 3)
               and (held_from is null or held_from < ?) and (held_to is null or held_to > ?)
             order by hold limit 1""";

    private LegalHolds() {}

    /** The first hold that protects something about an end user; a hold on a time does when there is history of then. */
    public static Optional<HoldId> on(Connection connection, TenantId tenant, SubjectId subject) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(OF_SUBJECT)) {
            query.setObject(1, tenant.value());
            query.setObject(2, subject.value());
            query.setObject(3, subject.value());
            return first(query);
        }
    }

    /**
     * The first hold that protects something of a time, whoever it is about: records of uses speak of many end users.
     *
     * @param to exclusive
     */
    public static Optional<HoldId> on(Connection connection, TenantId tenant, Instant from, Instant to)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(OF_TIME)) {
            query.setObject(1, tenant.value());
            query.setObject(2, to.atOffset(ZoneOffset.UTC));
            query.setObject(3, from.atOffset(ZoneOffset.UTC));
            return first(query);
        }
    }

    /** Whether any hold protects anything of a tenant. */
    public static boolean any(Connection connection, TenantId tenant) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select hold from head.legal_hold where tenant = ? and status in (2, 3) limit 1")) {
            query.setObject(1, tenant.value());
            return first(query).isPresent();
        }
    }

    /** Writes down that a hold was asked for. */
    public static void insert(
            Connection connection, TenantId tenant, HoldId hold, HeldScope scope, int status, Instant at)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into head.legal_hold"
                + " (hold, tenant, subject, held_from, held_to, status, requested_at) values (?, ?, ?, ?, ?, ?, ?)")) {
            SubjectId subject = scope.subject();
            insert.setObject(1, hold.value());
            insert.setObject(2, tenant.value());
            insert.setObject(3, subject == null ? null : subject.value());
            insert.setObject(4, utc(scope.from()));
            insert.setObject(5, utc(scope.to()));
            insert.setShort(6, (short) status);
            insert.setObject(7, utc(at));
            insert.executeUpdate();
        }
    }

    /** Writes down how a hold stands. */
    public static void update(Connection connection, HoldId hold, int status) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update head.legal_hold set status = ? where hold = ?")) {
            update.setShort(1, (short) status);
            update.setObject(2, hold.value());
            update.executeUpdate();
        }
    }

    private static Optional<HoldId> first(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            return row.next() ? Optional.of(new HoldId(row.getObject(1, UUID.class))) : Optional.empty();
        }
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
