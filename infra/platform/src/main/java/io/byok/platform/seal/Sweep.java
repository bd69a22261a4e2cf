package io.byok.platform.seal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Goes once over rows, page by page in the order of their names, and replaces each. A page is a transaction that takes
 * the rows it finds free and waits for nobody, so it can be part of no deadlock; what others held is met by the next
 * sweep. Pages are short, and readers never wait: they see the old wrap or the new one.
 */
public final class Sweep {

    private static final int PAGE = 100;

    /** Where a page ends. */
    public record Cursor(UUID id, int version) {

        static final Cursor START = new Cursor(new UUID(0, 0), 0);
    }

    /** The rows to go over. */
    public interface Rows<R> {

        /** The next rows, locked with {@code skip locked}. */
        List<R> lock(Connection transaction, Cursor after, int most) throws SQLException;

        Cursor at(R row);

        /**
         * Replaces a row if it is still as it was read: compare and set. False when it is not.
         *
         * @throws SealBroken when it does not open; it then stays as it is
         */
        boolean replace(Connection transaction, R row) throws SQLException;
    }

    private record Page<R>(List<R> rows, int moved) {}

    private final KeySql sql;

    public Sweep(DataSource database) {
        this.sql = new KeySql(database);
    }

    /** Goes over all of them. */
    public <R> void over(Rows<R> rows, RotationWatch watch) {
        Cursor after = Cursor.START;
        while (true) {
            Cursor from = after;
            Page<R> page = sql.together(transaction -> {
                List<R> locked = rows.lock(transaction, from, PAGE);
                int moved = 0;
                for (R row : locked) {
                    moved += replace(rows, row, transaction, watch) ? 1 : 0;
                }
                return new Page<>(locked, moved);
            });
            if (page.rows().isEmpty()) {
                return;
            }
            watch.moved(page.moved());
            watch.reached(RotationWatch.Step.STORED);
            after = rows.at(page.rows().getLast());
        }
    }

    private static <R> boolean replace(Rows<R> rows, R row, Connection transaction, RotationWatch watch)
            throws SQLException {
        try {
            boolean replaced = rows.replace(transaction, row);
            watch.reached(RotationWatch.Step.REWRAPPED);
            return replaced;
        } catch (SealBroken tampered) {
            watch.broken(rows.at(row).id(), rows.at(row).version());
            return false;
        }
    }
}
