package io.byok.bench;

import io.byok.kernel.Envelope;
import io.byok.platform.event.EventJson;
import io.byok.platform.event.SealedEvent;
import io.byok.platform.event.SealedEvents;
import io.byok.platform.seal.Keyring;
import io.byok.platform.seal.KeyringFile;
import io.byok.platform.seal.LookupHash;
import io.byok.platform.seal.TenantKeks;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/** An event store full of really sealed events. They come by COPY, past the appender: what is measured is reading. */
final class BenchLog implements AutoCloseable {

    private static final int PART = 20_000;
    private static final HexFormat HEX = HexFormat.of();

    private final BenchDatabase database = new BenchDatabase("db/platform", "db/command", "db/query");
    private final Path keys = Files.createTempDirectory("byok-bench").resolve("keyring");
    private final Keyring keyring = new Keyring(
            database.pool(),
            new TenantKeks(database.pool(), KeyringFile.openOrCreate(keys).roots()));
    private final SealedEvents sealing = new SealedEvents(keyring, new EventJson());
    private final BenchHistory history = new BenchHistory();
    private long end;

    BenchLog() throws IOException {}

    BenchDatabase database() {
        return database;
    }

    Keyring keyring() {
        return keyring;
    }

    LookupHash hash() {
        return new LookupHash(keyring);
    }

    SealedEvents sealing() {
        return sealing;
    }

    /** The last position. */
    long end() {
        return end;
    }

    /** Lets the history grow to so many events. */
    void growTo(long events) throws SQLException, IOException {
        while (end < events) {
            append((int) Math.min(PART, events - end));
        }
        try (Connection connection = database.pool().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("analyze log.event");
        }
        database.checkpoint();
    }

    private void append(int count) throws SQLException, IOException {
        long first = end + 1;
        List<Envelope> events = history.next(count);
        List<String> lines = IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> line(first + i, sealing.seal(events.get(i))))
                .toList();
        try (Connection connection = database.pool().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select log.ensure_partition(" + (end + count) + ")");
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy log.event from stdin", new StringReader(String.join("", lines)));
        }
        end += count;
    }

    private static String line(long position, SealedEvent event) {
        return position + "\t" + event.eventId() + "\t" + event.tenant().value() + "\t"
                + (event.subject() == null ? "\\N" : event.subject().value()) + "\t"
                + event.stream().type().code() + "\t" + event.stream().value() + "\t" + event.sequence() + "\t"
                + event.name().code() + "\t" + event.name().revision() + "\t" + event.occurredAt() + "\t\\\\x"
                + HEX.formatHex(event.payload()) + "\n";
    }

    @Override
    public void close() throws IOException {
        keyring.close();
        database.close();
        Files.deleteIfExists(keys);
    }
}
