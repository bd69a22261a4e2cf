package io.byok.standalone;

import io.byok.engines.Engines;
import io.byok.engines.Ports;
import io.byok.platform.seal.SealState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Runs the server until it is told to end.
 *
 * <p>Order of start: data directory, ports, engines, application. What can be refused is refused before anything runs.
 * Order of end, also on SIGTERM and Ctrl-C: application, Kafka, PostgreSQL, data directory. Nothing else is hooked.
 */
@Command(name = "serve", description = "Runs the server", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

    @Mixin
    private ServeOptions options = new ServeOptions();

    @Spec
    private @Nullable CommandSpec spec;

    private final Instant begin = Instant.now();
    private final Map<String, String> environment = System.getenv();

    @Override
    public Integer call() throws IOException, InterruptedException {
        options.tls = !environment.getOrDefault("BYOK_TLS_CERTIFICATE", "").isBlank()
                || System.getProperty("byok.tls.certificate") != null;
        DataDirectory data = DataDirectory.open(options.home(), options.ephemeral);
        try {
            refuseTakenPorts();
            Logging.to(options.log == ServeOptions.LogTarget.FILE ? data.log() : null, environment);
            log(); // now: two engines that start at once would both be first
            data.publish(state("starting"));
            try {
                KeyCheck.beforeDatabase(decided(data), ownDatabase() && data.embeddedHoldsKeys());
                Engines engines = startEngines(data);
                serve(data, engines);
            } catch (RuntimeException e) {
                log().error("cannot start", e);
                throw e;
            }
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
        return 0;
    }

    private void serve(DataDirectory data, Engines engines) throws InterruptedException {
        ConfigurableApplicationContext context;
        try {
            Map<String, Object> properties = properties(data, engines);
            KeyCheck.beforeServer(properties);
            say("starting the server");
            context = ServerLaunch.run(properties);
        } catch (RuntimeException e) {
            engines.close();
            throw e;
        }
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            stop(context, engines, data);
            ended.countDown();
        }));
        SealState seal = context.getBean(SealState.class);
        if (seal.isSealed()) {
            data.publish(state("sealed"));
            say("sealed, and opens by itself: " + seal.reason());
        }
        CompletableFuture<Void> serving = seal.opened().thenRun(() -> {
            if (ownDatabase()) {
                data.markEmbeddedHoldsKeys();
            }
            data.publish(state("ready"));
            FirstSteps.print(this::say, options, data.firstToken(), begin);
        });
        if (options.train) {
            serving.join();
        } else {
            ended.await();
        }
    }

    private void stop(ConfigurableApplicationContext context, Engines engines, DataDirectory data) {
        // The launcher shows the console, so this is where a person learns that Ctrl-C was heard.
        say("stopping");
        try (data;
                engines) {
            data.publish(state("stopping"));
            context.close();
        } catch (IOException | RuntimeException e) {
            log().error("did not stop cleanly", e);
        }
    }

    private void refuseTakenPorts() {
        refuseTaken(options.host, options.port, "--port");
        refuseTaken(options.host, options.dataPort, "--data-port");
        refuseTaken("127.0.0.1", options.managementPort, "--management-port");
    }

    private static void refuseTaken(String host, int port, String option) {
        try {
            if (port < 1 || port > 65535) {
                throw new StartFailure(port + " is no port (" + option + ")");
            }
            if (!Ports.isFree(InetAddress.getByName(host), port)) {
                throw new StartFailure("port " + port + " is taken; choose another with " + option);
            }
        } catch (UnknownHostException e) {
            throw new StartFailure("unknown address " + host);
        }
    }

    /** Whether the database is the embedded one. */
    private boolean ownDatabase() {
        return environment.getOrDefault("DATABASE_URL", "").isBlank();
    }

    private Engines startEngines(DataDirectory data) {
        String database = environment.getOrDefault("DATABASE_URL", "").strip();
        boolean wantPostgres = ownDatabase();
        boolean wantKafka =
                environment.getOrDefault("KAFKA_BOOTSTRAP_SERVERS", "").isBlank();
        if (!wantPostgres) {
            DatabaseAddress.parse(database); // refuse nonsense before anything starts
        }
        List<String> wanted = new ArrayList<>();
        if (wantPostgres) {
            wanted.add("PostgreSQL");
        }
        if (wantKafka) {
            wanted.add("Kafka");
        }
        if (wanted.isEmpty()) {
            return Engines.none();
        }
        Instant start = Instant.now();
        say("starting " + String.join(" and ", wanted) + " (embedded, data in " + data.path() + ")");
        Engines engines = Engines.start(data.path(), wantPostgres, wantKafka);
        say(String.join(" and ", wanted) + " up after " + seconds(start));
        return engines;
    }

    private Map<String, Object> decided(DataDirectory data) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("server.port", options.port);
        properties.put("server.address", options.host);
        properties.put("management.server.port", options.managementPort);
        properties.put("management.server.address", "127.0.0.1");
        properties.put("byok.data-plane.port", options.dataPort);
        properties.put("byok.data-plane.host", options.host);
        properties.put("byok.data-dir", data.path().toString());
        properties.put("byok.role", options.role.name().toLowerCase(Locale.ROOT));
        if (options.role == Role.QUERY) {
            // Whatever runs here, the database itself keeps it from the vault. The command side brings the schema.
            properties.put("spring.datasource.hikari.connection-init-sql", "set role byok_query");
            properties.put("spring.flyway.enabled", false);
        }
        return properties;
    }

    private Map<String, Object> properties(DataDirectory data, Engines engines) {
        Map<String, Object> properties = decided(data);
        if (engines.postgres() != null) {
            properties.put("spring.datasource.url", engines.postgres().jdbcUrl());
            properties.put("spring.datasource.username", engines.postgres().username());
            properties.put("spring.datasource.password", engines.postgres().password());
        }
        if (engines.kafka() != null) {
            properties.put("byok.kafka.bootstrap-servers", engines.kafka().bootstrapServers());
        }
        return properties;
    }

    private List<String> state(String phase) {
        return List.of(
                "pid=" + ProcessHandle.current().pid(),
                "state=" + phase,
                "role=" + options.role.name().toLowerCase(Locale.ROOT),
                "control=" + options.controlUrl(),
                "host=" + options.host,
                "port=" + options.port,
                "data_port=" + options.dataPort,
                "management_port=" + options.managementPort);
    }

    private void say(String line) {
        if (spec != null) {
            spec.commandLine().getOut().println("byok: " + line);
        }
    }

    private static String seconds(Instant since) {
        return String.format(
                Locale.ROOT, "%.1f s", Duration.between(since, Instant.now()).toMillis() / 1000.0);
    }

    /** Not a constant: the first logger reads where the log goes, and that is decided in {@link #call}. */
    private static Logger log() {
        return LoggerFactory.getLogger(ServeCommand.class);
    }
}
