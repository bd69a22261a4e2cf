package io.byok.platform.seal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process as one that holds unwrapped keys: it stands in {@code keyring.node} before it holds any, drops what was
 * destroyed within {@link #LOOK_EVERY}, and only then says so by its epoch. When it cannot reach the database it says
 * nothing, and after {@link #SILENT} it holds nothing either, since no key outlives that in the cache.
 */
public final class KeyNode implements AutoCloseable {

    /** A node that was not heard of for so long holds no key: the longest life in the cache, and some. */
    public static final Duration SILENT = TenantKeks.LONGEST.plusSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(KeyNode.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final long BEAT_NANOS = Duration.ofSeconds(5).toNanos();
    private static final String FORGOTTEN = "delete from keyring.node where seen_at < now() - interval '1 day'";

    private final DataSource database;
    private final Keyring keyring;
    private final UUID node;
    private final String role;
    private final ScheduledExecutorService timer;
    private final List<Consumer<DataKeyRef>> others = new CopyOnWriteArrayList<>();
    private long epoch;
    private long beaten;

    /** @param node its name; no two that live at a time have the same */
    public KeyNode(DataSource database, Keyring keyring, UUID node, String role) {
        this.database = database;
        this.keyring = keyring;
        this.node = node;
        this.role = role;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("byok-key-node").factory());
    }

    /**
     * The name that stands in a file, which is made when there is none. A restart takes its old row over: what the process
     * before it held went with that process.
     */
    public static UUID nameIn(Path file) throws IOException {
        if (Files.notExists(file)) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try {
                Files.writeString(file, UUID.randomUUID() + "\n", java.nio.file.StandardOpenOption.CREATE_NEW);
            } catch (FileAlreadyExistsException other) {
                // made meanwhile
            }
        }
        try {
            return UUID.fromString(Files.readString(file).strip());
        } catch (IllegalArgumentException damaged) {
            throw new KeyRefused("the node's name in " + file + " is damaged; delete the file");
        }
    }

    /** Registers, and looks from now on. */
    public void start() {
        register();
        timer.scheduleWithFixedDelay(
                this::lookQuietly, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Names somebody else of this process who keeps what a data key opened. Told of every key that was destroyed, before
     * this node says that it holds nothing of it; must not throw. To be called before anything is kept.
     */
    public void alsoForgets(Consumer<DataKeyRef> other) {
        others.add(other);
    }

    private void forget(DataKeyRef ref) {
        keyring.forget(ref);
        others.forEach(other -> other.accept(ref));
    }

    void register() {
        try (Connection connection = database.getConnection()) {
            epoch = current(connection);
            beat(connection);
            try (PreparedStatement delete = connection.prepareStatement(FORGOTTEN)) {
                delete.executeUpdate();
            }
        } catch (SQLException away) {
            throw new KeysUnavailable("the keyring's tables do not answer", away);
        }
    }

    /** Must not throw: a timer that fails once never runs again. */
    private void lookQuietly() {
        try {
            look();
        } catch (SQLException | RuntimeException away) {
            LOG.debug("what was destroyed is looked for again soon: {}", away.toString());
        }
    }

    /** Drops what was destroyed since the last look, then says so. */
    synchronized void look() throws SQLException {
        if (timer.isShutdown()) {
            return; // it has left, and must not come in again
        }
        try (Connection connection = database.getConnection()) {
            long now = current(connection);
            if (now > epoch) {
                // Tombstones of an epoch are visible with it. Those of a later one do no harm: forgetting is
                // idempotent.
                Tombstones.since(connection, epoch).forEach(one -> forget(one.ref()));
                TenantKeysGone.since(connection, epoch).forEach(keyring::forget);
                epoch = now;
                beat(connection);
            } else if (System.nanoTime() - beaten > BEAT_NANOS) {
                beat(connection);
            }
        }
    }

    private static long current(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select epoch from keyring.epoch");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private void beat(Connection connection) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(
                "insert into keyring.node (node, role, epoch) values (?, ?, ?)"
                        + " on conflict (node) do update set role = excluded.role, epoch = excluded.epoch, seen_at = now()")) {
            upsert.setObject(1, node);
            upsert.setString(2, role);
            upsert.setLong(3, epoch);
            upsert.executeUpdate();
        }
        beaten = System.nanoTime();
    }

    /** Leaves: nobody need wait for it. */
    @Override
    public synchronized void close() {
        timer.shutdownNow();
        try (Connection connection = database.getConnection();
                PreparedStatement delete = connection.prepareStatement("delete from keyring.node where node = ?")) {
            delete.setObject(1, node);
            delete.executeUpdate();
        } catch (SQLException away) {
            LOG.debug("this node is forgotten when it has been silent long enough");
        }
    }
}
