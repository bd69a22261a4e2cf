package io.byok.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.byok.platform.seal.Cosigner;
import io.byok.platform.witness.TrustedLogs;
import io.byok.platform.witness.Witness;
import io.byok.platform.witness.WitnessServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * {@code byok audit witness --dir DIR --logs FILE}: cosigns the states of other people's audit logs, with no database. The
 * key and the states are kept in DIR; FILE has the verifier keys of the logs, one a line, and may be changed at any time.
 *
 * <p>Exit codes: 0 ended as asked, 1 could not start, 2 wrong arguments.
 */
public final class WitnessMain {

    private static final Set<String> OPTIONS = Set.of("--dir", "--logs", "--name", "--host", "--port");

    private WitnessMain() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        PrintStream err = new PrintStream(System.err, true, UTF_8);
        CountDownLatch asked = new CountDownLatch(1);
        int exit = run(arguments, out, err, asked);
        if (exit != 0) {
            System.exit(exit);
        }
    }

    static int run(String[] arguments, PrintStream out, PrintStream err, CountDownLatch asked) {
        try {
            Map<String, String> given = given(arguments);
            Path directory = Path.of(need(given, "--dir"));
            Path logs = Path.of(need(given, "--logs"));
            int port = port(given.getOrDefault("--port", "8090"));
            String host = given.getOrDefault("--host", "127.0.0.1");
            LogsFile trusted = new LogsFile(logs, err);
            Cosigner cosigner = Cosigner.open(
                    directory.resolve("witness.key"),
                    given.getOrDefault("--name", "byok-witness"),
                    InstantSource.system());
            WitnessServer server = WitnessServer.start(
                    Witness.open(directory, cosigner, trusted::get), host, port, line -> err.println("byok: " + line));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server), "byok-witness-end"));
            out.println("byok: witnesses " + trusted.get().size() + " logs of " + logs + " at http://" + host + ":"
                    + server.port() + "/add-checkpoint");
            out.println("byok: its key is " + cosigner.key().text());
            asked.await();
            return 0;
        } catch (IllegalArgumentException wrong) {
            err.println("byok: " + wrong.getMessage() + " (see: byok help)");
            return 2;
        } catch (IllegalStateException taken) {
            err.println("byok: " + taken.getMessage());
            return 1;
        } catch (IOException e) {
            err.println("byok: cannot start: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    /** The file of trusted keys, read again when it changes; a broken one leaves the keys as they were. */
    private static final class LogsFile {

        private final Path file;
        private final PrintStream err;
        private String read;
        private TrustedLogs logs;

        LogsFile(Path file, PrintStream err) throws IOException {
            this.file = file;
            this.err = err;
            this.read = Files.readString(file);
            this.logs = TrustedLogs.parse(read);
        }

        synchronized TrustedLogs get() {
            try {
                String now = Files.readString(file);
                if (!now.equals(read)) {
                    read = now;
                    logs = TrustedLogs.parse(now);
                }
            } catch (IOException | IllegalArgumentException broken) {
                err.println("byok: " + file + " was not taken over: " + broken.getMessage());
            }
            return logs;
        }
    }

    private static void close(WitnessServer server) {
        try {
            server.close();
        } catch (IOException e) {
            // the process ends, and with it what was held
        }
    }

    private static int port(String text) {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65_535) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("--port wants a number, not '" + text + "'");
    }

    private static Map<String, String> given(String[] arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!OPTIONS.contains(arguments[i])) {
                throw new IllegalArgumentException("unknown argument " + arguments[i]);
            }
            if (i + 1 == arguments.length || given.put(arguments[i], arguments[i + 1]) != null) {
                throw new IllegalArgumentException(arguments[i] + " wants one value");
            }
        }
        return given;
    }

    private static String need(Map<String, String> given, String name) {
        String value = given.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }
}
