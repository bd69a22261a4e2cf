package io.byok.platform.access;

import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.kernel.access.Confinement;
import java.security.MessageDigest;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code access.api_token} as recognising callers needs it. Reads the primary: a replica may not know a revocation. */
final class TokenRows {

    private static final String COLUMNS =
            "select t.token_hash, t.previous_hash, t.previous_until, t.token_id, t.tenant, t.scopes, t.expires_at,"
                    + " t.users, t.providers, t.networks, t.revoked_at is not null as revoked,"
                    + " s.tenant is not null as suspended"
                    + " from access.api_token t left join access.suspended_tenant s on s.tenant = t.tenant";

    private static final String BY_HASH = COLUMNS + " where t.token_hash = ? or t.previous_hash = ?";

    // Every tenant has a key of its own from its first event on.
    private static final String TENANT =
            "select exists (select from access.suspended_tenant s where s.tenant = k.tenant)"
                    + " as suspended from keyring.tenant_kek k where k.tenant = ? limit 1";

    private static final String BY_ID = COLUMNS + " where t.token_id = ?";

    private final JdbcClient database;

    TokenRows(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    /** The token with that text. Whether it is over is for the caller to say. */
    Optional<VerifiedToken> find(TokenHash hash) {
        byte[] wanted = hash.bytes();
        return database.sql(BY_HASH)
                .param(wanted)
                .param(wanted)
                .query((row, _) -> read(row, wanted))
                .optional();
    }

    /** The token with that id, whatever its text is now. */
    Optional<VerifiedToken> find(TokenId id) {
        return database.sql(BY_ID)
                .param(id.value())
                .query((row, _) -> token(row, instant(row.getObject("expires_at", OffsetDateTime.class))))
                .optional();
    }

    /** Whether the tenant is suspended; empty when there is none. */
    Optional<Boolean> suspended(TenantId tenant) {
        return database.sql(TENANT)
                .param(tenant.value())
                .query((row, _) -> row.getBoolean("suspended"))
                .optional();
    }

    private static VerifiedToken read(ResultSet row, byte[] wanted) throws SQLException {
        Instant expiresAt = instant(row.getObject("expires_at", OffsetDateTime.class));
        if (!MessageDigest.isEqual(row.getBytes("token_hash"), wanted)) {
            if (!MessageDigest.isEqual(row.getBytes("previous_hash"), wanted)) {
                throw new IllegalStateException("the database answered with another token's row");
            }
            // Never later than the token's own end: the decider sees to it, and so does this.
            expiresAt = earlier(expiresAt, instant(row.getObject("previous_until", OffsetDateTime.class)));
        }
        return token(row, expiresAt);
    }

    private static VerifiedToken token(ResultSet row, @Nullable Instant expiresAt) throws SQLException {
        return new VerifiedToken(
                new TenantId(row.getObject("tenant", UUID.class)),
                new TokenId(row.getObject("token_id", UUID.class)),
                Set.copyOf(texts(row.getArray("scopes"))),
                expiresAt,
                new Confinement(
                        list(row.getArray("users"), (UUID id) -> new SubjectId(id)),
                        texts(row.getArray("providers")),
                        texts(row.getArray("networks"))),
                row.getBoolean("suspended"),
                row.getBoolean("revoked"));
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isBefore(one) ? other : one;
    }

    private static List<String> texts(Array array) throws SQLException {
        return list(array, (String text) -> text);
    }

    @SuppressWarnings("unchecked") // the column says what is in it
    private static <A, T> List<T> list(Array array, Function<A, T> each) throws SQLException {
        return Arrays.stream((A[]) array.getArray()).map(each).toList();
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
