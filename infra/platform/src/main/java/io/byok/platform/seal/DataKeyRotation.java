package io.byok.platform.seal;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * L2 of the events chain: gives every end user and audit year a new version of its data key, for what is written from
 * now on. Events are immutable: those written before stay under the older version, which therefore lives as long as they
 * do and is destroyed with its owner only. Look-up keys are left alone: every stored hash would lose its meaning.
 */
public final class DataKeyRotation implements Rotation {

    private static final int PAGE = 100;

    // Kinds 1 and 2: subject and audit.
    private static final String NEWEST = """
            from keyring.data_key d where d.kind in (1, 2)
            and not exists (select from keyring.data_key n where n.data_key = d.data_key and n.version > d.version)""";
    private static final String OLD = NEWEST + " and d.created_at < ? and d.tenant = coalesce(?::uuid, d.tenant)";
    private static final String PAGE_OF_OLD =
            "select " + DataKeyTable.COLUMNS + " " + OLD + " and d.data_key > ? order by d.data_key limit ?";
    private static final String COUNT_OLD = "select count(*) " + OLD;
    private static final String COUNTS = """
            select d.version, d.version = n.version, count(*) from keyring.data_key d
            join (select data_key, max(version) as version from keyring.data_key group by data_key) n
                on n.data_key = d.data_key
            where d.kind in (1, 2) group by 1, 2 order by 1, 2""";
    private static final String OLDEST = "select min(d.created_at) " + NEWEST;

    private final DataKeyTable table;
    private final Keyring keyring;
    private final TenantKeks keks;
    private final KeySql sql;

    public DataKeyRotation(DataSource database, Keyring keyring, TenantKeks keks) {
        this.table = new DataKeyTable(database);
        this.keyring = keyring;
        this.keks = keks;
        this.sql = new KeySql(database);
    }

    @Override
    public long remaining(Scope scope) {
        return sql.list(COUNT_OLD, row -> row.getLong(1), scope.begun().atOffset(ZoneOffset.UTC), scope.tenantId())
                .getFirst();
    }

    @Override
    public long run(Scope scope, RotationWatch watch) {
        UUID after = new UUID(0, 0);
        List<WrappedDataKey> page = old(scope, after);
        while (!page.isEmpty()) {
            for (WrappedDataKey newest : page) {
                renew(newest.ref(), watch);
            }
            watch.moved(page.size());
            after = page.getLast().ref().id();
            page = old(scope, after);
        }
        return remaining(scope);
    }

    private List<WrappedDataKey> old(Scope scope, UUID after) {
        return sql.list(
                PAGE_OF_OLD, DataKeyTable::row, scope.begun().atOffset(ZoneOffset.UTC), scope.tenantId(), after, PAGE);
    }

    private void renew(DataKeyRef newest, RotationWatch watch) {
        try {
            add(newest, watch);
        } catch (RetiredParent old) {
            keks.reload(newest.tenant());
            add(newest, watch);
        }
        keyring.reload(newest); // other nodes use it within five minutes; until then they seal under one that lives
    }

    private void add(DataKeyRef newest, RotationWatch watch) {
        try (MintedKey minted = keks.mintAfter(newest)) {
            // Proved before anything can be sealed under it.
            try (SealingKey again = keks.unwrap(minted.ref(), minted.wrapped()).orElseThrow(SealBroken::new)) {
                again.requireSameAs(minted.key());
            }
            watch.reached(RotationWatch.Step.REWRAPPED);
            table.insertAfter(newest, minted);
            watch.reached(RotationWatch.Step.STORED);
        }
    }

    @Override
    public List<Count> counts() {
        return sql.list(
                COUNTS,
                row -> new Count(
                        KeyLevel.DATA, KeyChain.EVENTS, null, row.getInt(1), row.getBoolean(2), row.getLong(3)));
    }

    @Override
    public Optional<Instant> oldest() {
        return sql.list(OLDEST, row -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
                .getFirst()
                .map(OffsetDateTime::toInstant);
    }
}
