package io.byok.standalone;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What {@code serve} can be told. */
final class ServeOptions {

    enum LogTarget {
        FILE,
        CONSOLE
    }

    @Option(names = "--data", paramLabel = "DIR", defaultValue = ".byok", description = "where everything is kept")
    Path data = Path.of(".byok");

    @Option(names = "--ephemeral", description = "begin with nothing and leave nothing")
    boolean ephemeral;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "where both planes listen")
    String host = "127.0.0.1";

    @Option(names = "--port", paramLabel = "N", defaultValue = "8080", description = "control plane")
    int port;

    @Option(names = "--data-port", paramLabel = "N", defaultValue = "8081", description = "data plane")
    int dataPort;

    @Option(
            names = "--management-port",
            paramLabel = "N",
            defaultValue = "8082",
            description = "metrics, on loopback only")
    int managementPort;

    @Option(names = "--role", paramLabel = "all|command|query", defaultValue = "all", description = "which side to run")
    Role role = Role.ALL;

    @Option(names = "--log", paramLabel = "console|file", defaultValue = "console", description = "where the log goes")
    LogTarget log = LogTarget.CONSOLE;

    @Option(names = "--train", hidden = true, description = "end as soon as it is ready: teaches the JVM a fast start")
    boolean train;

    /** The directory in use: an ephemeral server has one of its own, so that it cannot empty a real one. */
    Path home() {
        return ephemeral ? data.resolve("ephemeral") : data;
    }

    /** Whether the planes speak TLS; set before anything is told. */
    boolean tls;

    /** Where a person on this machine reaches the control plane. */
    String controlUrl() {
        return (tls ? "https://" : "http://")
                + (host.equals("0.0.0.0") || host.equals("127.0.0.1") ? "localhost" : host) + ":" + port;
    }
}
