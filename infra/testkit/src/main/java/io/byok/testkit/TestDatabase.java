package io.byok.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One database, and the application's role in it, which owns it and is no superuser.
 *
 * @param jdbcUrl without user and password
 */
public record TestDatabase(String jdbcUrl, String username, String password) {

    /** Opens a new connection each time; wrap it in a pool where that matters. */
    public DataSource dataSource() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(jdbcUrl);
        dataSource.setUser(username);
        dataSource.setPassword(password);
        return dataSource;
    }

    public Connection connect() throws SQLException {
        return dataSource().getConnection();
    }

    /** Another database of the same server, seen by the same role. */
    TestDatabase sibling(String name) {
        int question = jdbcUrl.indexOf('?');
        String parameters = question < 0 ? "" : jdbcUrl.substring(question);
        String address = question < 0 ? jdbcUrl : jdbcUrl.substring(0, question);
        return new TestDatabase(
                address.substring(0, address.lastIndexOf('/') + 1) + name + parameters, username, password);
    }
}
