package io.byok.platform.seal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A process that may hold unwrapped keys, as it last said.
 *
 * @param epoch everything that was destroyed up to this epoch it has dropped
 * @param silent it was not heard of for {@link KeyNode#SILENT}: whatever it held has left its cache
 */
public record KeyHolder(UUID node, String role, long epoch, boolean silent) {

    private static final String ALL =
            "select node, role, epoch, seen_at < now() - make_interval(secs => ?)" + " from keyring.node order by node";

    /** All of them, by the clock of the database. */
    public static List<KeyHolder> all(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ALL)) {
            select.setDouble(1, KeyNode.SILENT.toSeconds());
            try (ResultSet rows = select.executeQuery()) {
                List<KeyHolder> holders = new ArrayList<>();
                while (rows.next()) {
                    holders.add(new KeyHolder(
                            rows.getObject(1, UUID.class), rows.getString(2), rows.getLong(3), rows.getBoolean(4)));
                }
                return holders;
            }
        }
    }

    /** Whether it holds nothing that was destroyed up to an epoch. */
    public boolean dropped(long upTo) {
        return silent || epoch >= upTo;
    }
}
