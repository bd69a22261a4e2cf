package io.byok.command.store;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Connections for the appender and the relay: not from the pool of the request threads, which could be used up, and with
 * limits, so that neither a silent database nor a dead node holds anybody for longer than seconds.
 */
public final class LogConnections {

    private LogConnections() {}

    /**
     * Plain, unpooled connections.
     *
     * @param url a {@code jdbc:postgresql:} address
     * @param name how they are called in {@code pg_stat_activity}
     */
    public static DataSource of(String url, String user, String password, String name) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        source.setApplicationName(name);
        source.setConnectTimeout(2);
        source.setSocketTimeout(15);
        source.setTcpKeepAlive(true);
        source.setLogServerErrorDetail(false); // the detail quotes rows
        // The same few statements, each with one good plan, which is by index: planned once, not for every batch.
        // The last three: a node that dies without a word loses the lane's lock when its silence has lasted 8 s.
        source.setOptions("-c lock_timeout=10s -c statement_timeout=12s -c idle_in_transaction_session_timeout=10s"
                + " -c plan_cache_mode=force_generic_plan -c enable_seqscan=off"
                + " -c tcp_keepalives_idle=2 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3");
        return source;
    }
}
