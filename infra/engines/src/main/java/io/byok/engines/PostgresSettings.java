package io.byok.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the embedded PostgreSQL runs with. Durable always: an acknowledged command survives a power cut. */
final class PostgresSettings {

    private static final String TEXT = """
            # Written at every start. Put your own settings into local.conf beside this file.
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            max_connections = 200
            password_encryption = 'scram-sha-256'

            # The event store refuses to start without these three.
            fsync = on
            synchronous_commit = on
            full_page_writes = on

            shared_buffers = '256MB'
            effective_cache_size = '1GB'
            max_wal_size = '2GB'
            checkpoint_timeout = '15min'
            random_page_cost = 1.1
            jit = off
            timezone = 'UTC'
            log_timezone = 'UTC'

            # No statement, no value of a row and no parameter in the log.
            log_statement = 'none'
            log_min_messages = 'warning'
            log_min_error_statement = 'panic'
            log_error_verbosity = 'terse'
            log_parameter_max_length_on_error = 0
            """;

    private PostgresSettings() {}

    /** Replaces postgresql.conf in the cluster's directory. */
    static void write(Path cluster, int port) throws IOException {
        String text = TEXT + "\nport = " + port + "\ninclude_if_exists = 'local.conf'\n";
        Files.writeString(
                cluster.resolve("postgresql.conf"),
                text,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
    }
}
