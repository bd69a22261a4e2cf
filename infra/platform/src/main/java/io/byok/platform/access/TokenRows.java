package io.byok.platform.access;

import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import java.security.MessageDigest;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** {@code access.api_token} as recognising callers needs it. Reads the primary: a replica may not know a revocation. */
final class TokenRows {

    private static final String BY_HASH =
            "select t.token_hash, t.token_id, t.tenant, t.scopes, t.expires_at, s.tenant is not null as suspended"
                    + " from access.api_token t left join access.suspended_tenant s on s.tenant = t.tenant"
                    + " where t.token_hash = ? and t.revoked_at is null";

    private final JdbcClient database;

    TokenRows(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    /** The token with that hash, unless it is revoked. Whether it has expired is for the caller to say. */
    Optional<VerifiedToken> find(TokenHash hash) {
        byte[] wanted = hash.bytes();
        return database.sql(BY_HASH)
                .param(wanted)
                .query((row, _) -> read(row, wanted))
                .optional();
    }

    private static VerifiedToken read(ResultSet row, byte[] wanted) throws SQLException {
        if (!MessageDigest.isEqual(row.getBytes("token_hash"), wanted)) {
            throw new IllegalStateException("the database answered with another token's row");
        }
        return new VerifiedToken(
                new TenantId(row.getObject("tenant", UUID.class)),
                new TokenId(row.getObject("token_id", UUID.class)),
                scopes(row.getArray("scopes")),
                instant(row.getObject("expires_at", OffsetDateTime.class)),
                row.getBoolean("suspended"));
    }

    private static Set<String> scopes(Array array) throws SQLException {
        return Set.copyOf(Arrays.asList((String[]) array.getArray()));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
