package io.byok.platform.seal;

import io.byok.kernel.TenantId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * L1: gives each tenant a new key-encryption key per chain, wraps its data keys under it, and deletes the older
 * versions. A tenant is finished before the next one is begun, so old and new keys of few tenants live side by side.
 */
public final class TenantKekRotation implements Rotation {

    private static final int PAGE = 100;

    private static final String PLACES =
            "select distinct on (tenant, chain) " + TenantKekTable.COLUMNS + ", created_at from keyring.tenant_kek"
                    + " where chain = ? and (tenant > ?::uuid) is not false and tenant = coalesce(?::uuid, tenant)"
                    + " order by tenant, chain, version desc limit ?";
    private static final String LOCK =
            "select from keyring.tenant_kek where kek = ? and version < ? and retired_at is null for update";
    private static final String RETIRE =
            "update keyring.tenant_kek set retired_at = now() where kek = ? and version < ? and retired_at is null";
    private static final String OLDER = "select version from keyring.tenant_kek where kek = ? and version < ?";
    private static final String DELETE =
            "delete from keyring.tenant_kek where kek = ? and version = ? and retired_at is not null";
    private static final String OLDEST = "select min(made) from"
            + " (select max(created_at) as made from keyring.tenant_kek group by tenant, chain) newest";

    private record Place(TenantKekTable.Row newest, Instant made) {}

    private final TenantKeks keks;
    private final TenantKekTable table;
    private final List<DataKeyRows> children;
    private final KeySql sql;
    private final Sweep sweep;

    /** @param children every table that holds wrapped data keys; one that is missing here would be lost */
    public TenantKekRotation(DataSource database, TenantKeks keks, List<DataKeyRows> children) {
        this.keks = keks;
        this.table = new TenantKekTable(database);
        this.children = List.copyOf(children);
        this.sql = new KeySql(database);
        this.sweep = new Sweep(database);
    }

    @Override
    public long remaining(Scope scope) {
        return scope.chains().stream()
                .flatMapToLong(chain ->
                        children.stream().mapToLong(rows -> rows.remaining(chain, scope.begun(), scope.tenant())))
                .sum();
    }

    @Override
    public long run(Scope scope, RotationWatch watch) {
        long left = 0;
        for (KeyChain chain : scope.chains()) {
            List<Place> page = places(chain, null, scope);
            while (!page.isEmpty()) {
                for (Place place : page) {
                    left += renew(place, scope, watch);
                }
                page = places(chain, page.getLast().newest().tenant(), scope);
            }
        }
        return left;
    }

    /** The newest versions of the tenants that follow this one; from the first, the platform itself, without one. */
    private List<Place> places(KeyChain chain, @Nullable TenantId after, Scope scope) {
        return sql.list(
                PLACES,
                row -> new Place(
                        TenantKekTable.row(row),
                        row.getObject(8, OffsetDateTime.class).toInstant()),
                (short) chain.code(),
                after == null ? null : after.value(),
                scope.tenantId(),
                PAGE);
    }

    private long renew(Place place, Scope scope, RotationWatch watch) {
        if (place.made().isBefore(scope.begun())) {
            keks.addVersion(place.newest());
            watch.reached(RotationWatch.Step.VERSION_MADE);
        }
        TenantId tenant = place.newest().tenant();
        KeyChain chain = place.newest().chain();
        keks.reload(tenant); // this node wraps under what is newest, whoever made it
        return table.newest(tenant, chain)
                .map(newest -> replaceOlder(newest, watch))
                .orElse(0L); // the tenant has left meanwhile
    }

    private long replaceOlder(TenantKekTable.Row newest, RotationWatch watch) {
        UUID kek = newest.kek();
        List<Integer> older = sql.list(OLDER, row -> row.getInt(1), kek, newest.version());
        if (older.isEmpty()) {
            return 0;
        }
        sweep(newest, watch);
        retire(kek, newest.version());
        watch.reached(RotationWatch.Step.RETIRED);
        sweep(newest, watch); // what was stored before the fence, or was held
        long left = children.stream()
                .mapToLong(rows -> rows.under(kek, newest.version()))
                .sum();
        if (left == 0) {
            watch.reached(RotationWatch.Step.EMPTY);
            older.forEach(version -> destroy(newest, version, watch));
        }
        return left;
    }

    private void sweep(TenantKekTable.Row newest, RotationWatch watch) {
        children.forEach(rows -> sweep.over(rows.older(newest.kek(), newest.version(), keks), watch));
    }

    // Waits for whoever stores a wrap under them at this moment; who comes later is refused.
    private void retire(UUID kek, int newest) {
        sql.together(transaction -> {
            KeySql.list(transaction, LOCK, row -> true, kek, newest);
            return KeySql.change(transaction, RETIRE, kek, newest);
        });
    }

    // Told first: after the delete nothing would remember that it is still to be told.
    private void destroy(TenantKekTable.Row newest, int version, RotationWatch watch) {
        watch.destroyed(newest.chain(), newest.tenant(), newest.kek(), version);
        sql.change(DELETE, newest.kek(), version);
        keks.forget(new TenantKeks.Name(newest.tenant(), newest.chain(), newest.kek(), version));
        watch.reached(RotationWatch.Step.DESTROYED);
    }

    @Override
    public List<Count> counts() {
        return children.stream().flatMap(rows -> rows.counts().stream()).toList();
    }

    @Override
    public Optional<Instant> oldest() {
        return sql.list(OLDEST, row -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
                .getFirst()
                .map(OffsetDateTime::toInstant);
    }
}
