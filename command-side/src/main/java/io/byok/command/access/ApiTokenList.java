package io.byok.command.access;

import static io.byok.platform.jooq.access.Tables.API_TOKEN;

import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.kernel.access.Confinement;
import io.byok.platform.jooq.access.tables.records.ApiTokenRecord;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The tokens of a tenant, masked. */
final class ApiTokenList {

    /**
     * A token as it is listed; never its text.
     *
     * @param previousUntil until when the text before the last rotation opens too, absent when it does not
     * @param restrictedTo what it may reach; an empty list means no limit of that kind, and users stand here by their
     *     random ids
     */
    record ListedToken(
            TokenId id,
            String name,
            String mask,
            List<String> scopes,
            String status,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt,
            @Nullable Instant previousUntil,
            Confinement restrictedTo) {}

    private final DSLContext database;

    ApiTokenList(DSLContext database) {
        this.database = database;
    }

    /** The oldest first. */
    List<ListedToken> after(TenantId tenant, @Nullable TokenId last, int most, Instant now) {
        return database.selectFrom(API_TOKEN)
                .where(API_TOKEN.TENANT.eq(tenant.value()))
                .and(last == null ? DSL.noCondition() : API_TOKEN.TOKEN_ID.gt(last.value()))
                .orderBy(API_TOKEN.TOKEN_ID)
                .limit(most)
                .fetch(row -> listed(row, now));
    }

    Optional<ListedToken> find(TenantId tenant, TokenId token, Instant now) {
        return database.selectFrom(API_TOKEN)
                .where(API_TOKEN.TENANT.eq(tenant.value()))
                .and(API_TOKEN.TOKEN_ID.eq(token.value()))
                .fetchOptional(row -> listed(row, now));
    }

    private static ListedToken listed(ApiTokenRecord row, Instant now) {
        Instant expiresAt = instant(row.getExpiresAt());
        Instant revokedAt = instant(row.getRevokedAt());
        Instant previousUntil = instant(row.getPreviousUntil());
        String status =
                revokedAt != null ? "revoked" : expiresAt != null && !now.isBefore(expiresAt) ? "expired" : "active";
        return new ListedToken(
                new TokenId(row.getTokenId()),
                row.getName(),
                row.getMask(),
                List.of(row.getScopes()),
                status,
                row.getCreatedAt().toInstant(),
                expiresAt,
                revokedAt,
                previousUntil != null && now.isBefore(previousUntil) ? previousUntil : null,
                new Confinement(
                        Arrays.stream(row.getUsers()).map(SubjectId::new).toList(),
                        List.of(row.getProviders()),
                        List.of(row.getNetworks())));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
