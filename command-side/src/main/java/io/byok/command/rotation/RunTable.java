package io.byok.command.rotation;

import io.byok.kernel.Provenance;
import io.byok.kernel.RotationId;
import io.byok.kernel.TenantId;
import io.byok.platform.seal.KeyChain;
import io.byok.platform.seal.KeyLevel;
import io.byok.platform.seal.KeySql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** {@code keyring.rotation}, where every node finds what is to be done. Each statement is a transaction of its own. */
final class RunTable {

    private static final String COLUMNS =
            "select id, level, chain, tenant, moves, operator, actor, request, state, total,"
                    + " done, remaining, failure, started_at, updated_at, finished_at from keyring.rotation";
    private static final String ONE = COLUMNS + " where id = ?";
    private static final String RUNNING = COLUMNS + " where level = ? and state = 'running'";
    private static final String LAST = COLUMNS + " order by id desc limit 100";
    private static final String OPEN =
            "insert into keyring.rotation (id, level, chain, tenant, moves, operator, actor, request)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";
    private static final String PROGRESS =
            "update keyring.rotation set total = ?, done = ?, remaining = ?, failure = ?,"
                    + " updated_at = now() where id = ? and state = 'running'";
    private static final String CLOSE = "update keyring.rotation set state = ?, done = ?, remaining = ?, failure = ?,"
            + " updated_at = now(), finished_at = now() where id = ? and state = 'running'";

    private final KeySql sql;

    RunTable(DataSource database) {
        this.sql = new KeySql(database);
    }

    /** False when one of this level runs: the database lets there be one. */
    boolean open(
            RotationId id,
            KeyLevel level,
            @Nullable KeyChain chain,
            @Nullable TenantId tenant,
            boolean moves,
            TenantId operator,
            Provenance by) {
        return sql.change(
                        OPEN,
                        id.value(),
                        level.word(),
                        chain == null ? null : (short) chain.code(),
                        tenant == null ? null : tenant.value(),
                        moves,
                        operator.value(),
                        by.actor(),
                        by.requestId())
                == 1;
    }

    Optional<Run> find(RotationId id) {
        return sql.list(ONE, RunTable::run, id.value()).stream().findFirst();
    }

    /** The one of this level that is to be run. */
    Optional<Run> running(KeyLevel level) {
        return sql.list(RUNNING, RunTable::run, level.word()).stream().findFirst();
    }

    /** Newest first. */
    List<Run> last() {
        return sql.list(LAST, RunTable::run);
    }

    void progress(RotationId id, long total, long done, long remaining, @Nullable String waitsFor) {
        sql.change(PROGRESS, total, done, remaining, waitsFor, id.value());
    }

    void close(RotationId id, Run.State state, long done, long remaining, @Nullable String failure) {
        sql.change(CLOSE, state.word(), done, remaining, failure, id.value());
    }

    private static Run run(ResultSet row) throws SQLException {
        String level = row.getString(2);
        short chain = row.getShort(3);
        UUID tenant = row.getObject(4, UUID.class);
        String state = row.getString(9);
        return new Run(
                new RotationId(row.getObject(1, UUID.class)),
                KeyLevel.of(level).orElseThrow(() -> new SQLException("no level is called " + level)),
                chain == 0 ? null : KeyChain.of(chain),
                tenant == null ? null : new TenantId(tenant),
                row.getBoolean(5),
                new TenantId(row.getObject(6, UUID.class)),
                new Provenance(row.getString(7), row.getString(8)),
                Arrays.stream(Run.State.values())
                        .filter(known -> known.word().equals(state))
                        .findFirst()
                        .orElseThrow(),
                row.getLong(10),
                row.getLong(11),
                row.getLong(12),
                row.getString(13),
                instant(row, 14),
                instant(row, 15),
                row.getObject(16) == null ? null : instant(row, 16));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
