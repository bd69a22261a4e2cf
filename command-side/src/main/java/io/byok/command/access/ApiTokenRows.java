package io.byok.command.access;

import static io.byok.platform.jooq.access.Tables.API_TOKEN;

import io.byok.command.store.Alongside;
import io.byok.command.store.Pending;
import io.byok.kernel.SubjectId;
import io.byok.kernel.TenantId;
import io.byok.kernel.TokenId;
import io.byok.kernel.access.Confinement;
import java.sql.Connection;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Makes a token known to, or forgotten by, all nodes in the transaction of the event that says so. */
final class ApiTokenRows implements Alongside<ApiTokenRows.Change> {

    /** What becomes of a row. */
    sealed interface Change {

        /** @param hash keyed hash of the token's text, 32 bytes */
        record Made(
                byte[] hash,
                TokenId token,
                TenantId tenant,
                String name,
                String mask,
                List<String> scopes,
                Instant createdAt,
                @Nullable Instant expiresAt,
                Confinement within)
                implements Change {}

        /**
         * From this commit on the token has another text, and the one before opens until an instant.
         *
         * @param hash keyed hash of the new text, 32 bytes
         */
        record Rotated(
                TokenId token,
                byte[] hash,
                String mask,
                @Nullable Instant previousUntil) implements Change {}

        /** From this commit on the token opens nothing. */
        record Revoked(TokenId token, Instant at) implements Change {}
    }

    @Override
    public void write(Connection connection, List<Pending<Change>> items) {
        DSLContext batch = DSL.using(connection, SQLDialect.POSTGRES);
        for (Pending<Change> item : items) {
            switch (item.value()) {
                case Change.Made made ->
                    batch.insertInto(API_TOKEN)
                            .set(API_TOKEN.TOKEN_HASH, made.hash())
                            .set(API_TOKEN.TOKEN_ID, made.token().value())
                            .set(API_TOKEN.TENANT, made.tenant().value())
                            .set(API_TOKEN.NAME, made.name())
                            .set(API_TOKEN.MASK, made.mask())
                            .set(API_TOKEN.SCOPES, made.scopes().toArray(String[]::new))
                            .set(API_TOKEN.CREATED_AT, utc(made.createdAt()))
                            .set(API_TOKEN.EXPIRES_AT, utc(made.expiresAt()))
                            .set(
                                    API_TOKEN.USERS,
                                    made.within().users().stream()
                                            .map(SubjectId::value)
                                            .toArray(UUID[]::new))
                            .set(API_TOKEN.PROVIDERS, made.within().providers().toArray(String[]::new))
                            .set(API_TOKEN.NETWORKS, made.within().networks().toArray(String[]::new))
                            .execute();
                case Change.Rotated rotated ->
                    // On the right of an update stands the row as it was.
                    batch.update(API_TOKEN)
                            .set(
                                    API_TOKEN.PREVIOUS_HASH,
                                    rotated.previousUntil() == null
                                            ? DSL.castNull(API_TOKEN.PREVIOUS_HASH)
                                            : API_TOKEN.TOKEN_HASH)
                            .set(API_TOKEN.PREVIOUS_UNTIL, utc(rotated.previousUntil()))
                            .set(API_TOKEN.TOKEN_HASH, rotated.hash())
                            .set(API_TOKEN.MASK, rotated.mask())
                            .where(API_TOKEN.TOKEN_ID.eq(rotated.token().value()))
                            .execute();
                case Change.Revoked revoked ->
                    batch.update(API_TOKEN)
                            .set(API_TOKEN.REVOKED_AT, utc(revoked.at()))
                            .where(API_TOKEN.TOKEN_ID.eq(revoked.token().value()))
                            .execute();
            }
        }
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
