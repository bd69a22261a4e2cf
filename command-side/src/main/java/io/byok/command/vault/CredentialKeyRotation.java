package io.byok.command.vault;

import io.byok.kernel.KeyId;
import io.byok.platform.seal.KeyChain;
import io.byok.platform.seal.KeyLevel;
import io.byok.platform.seal.KeySql;
import io.byok.platform.seal.RetiredParent;
import io.byok.platform.seal.Rotation;
import io.byok.platform.seal.RotationWatch;
import io.byok.platform.seal.SealBroken;
import io.byok.platform.seal.TenantKeks;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * L2 of the credentials chain: gives every provider key a new data key and seals its stored credentials under it. Each
 * key is one transaction, in which its row is replaced in place: before it everything is under the old data key, after
 * it under the new one, and the old one exists nowhere.
 */
public final class CredentialKeyRotation implements Rotation {

    private static final int PAGE = 100;

    private static final String OLD =
            "from vault.credential_key where created_at < ? and tenant = coalesce(?::uuid, tenant)";
    private static final String PAGE_OF_OLD = "select key " + OLD + " and key > ? order by key limit ?";
    private static final String COUNT_OLD = "select count(*) " + OLD;
    private static final String COUNTS = "select version, count(*) from vault.credential_key group by 1 order by 1";
    private static final String OLDEST = "select min(created_at) from vault.credential_key";

    private final KeySql sql;
    private final Resealing resealing;

    public CredentialKeyRotation(DataSource database, TenantKeks keks) {
        this.sql = new KeySql(database);
        this.resealing = new Resealing(keks);
    }

    @Override
    public long remaining(Scope scope) {
        return sql.list(COUNT_OLD, row -> row.getLong(1), scope.begun().atOffset(ZoneOffset.UTC), scope.tenantId())
                .getFirst();
    }

    @Override
    public long run(Scope scope, RotationWatch watch) {
        UUID after = new UUID(0, 0);
        List<UUID> page = old(scope, after);
        while (!page.isEmpty()) {
            for (UUID key : page) {
                renew(new KeyId(key), scope, watch);
            }
            after = page.getLast();
            page = old(scope, after);
        }
        return remaining(scope);
    }

    private List<UUID> old(Scope scope, UUID after) {
        return sql.list(
                PAGE_OF_OLD,
                row -> row.getObject(1, UUID.class),
                scope.begun().atOffset(ZoneOffset.UTC),
                scope.tenantId(),
                after,
                PAGE);
    }

    private void renew(KeyId key, Scope scope, RotationWatch watch) {
        boolean renewed;
        try {
            renewed = sql.together(transaction -> resealing.of(transaction, key, scope.begun(), watch));
        } catch (RetiredParent old) {
            return; // the tenant's key was rotated between minting and storing; it is met again, under the new one
        } catch (SealBroken tampered) {
            watch.broken(key.value(), 0);
            return;
        }
        if (renewed) {
            watch.moved(1);
            watch.reached(RotationWatch.Step.STORED);
        }
    }

    @Override
    public List<Count> counts() {
        return sql.list(
                COUNTS,
                row -> new Count(KeyLevel.DATA, KeyChain.CREDENTIALS, null, row.getInt(1), true, row.getLong(2)));
    }

    @Override
    public Optional<Instant> oldest() {
        return sql.list(OLDEST, row -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
                .getFirst()
                .map(OffsetDateTime::toInstant);
    }
}
