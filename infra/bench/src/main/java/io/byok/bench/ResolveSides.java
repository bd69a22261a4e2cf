package io.byok.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.byok.command.access.ApiTokens;
import io.byok.command.access.NewToken;
import io.byok.command.key.BenchKeys;
import io.byok.command.store.EventLog;
import io.byok.command.tenant.Tenants;
import io.byok.command.tenant.domain.Tenant;
import io.byok.command.use.BenchPlanes;
import io.byok.kernel.Provenance;
import io.byok.kernel.TenantId;
import io.byok.kernel.access.Confinement;
import io.byok.kernel.use.UseEvent.UsesRecorded;
import io.byok.platform.access.TokenHasher;
import io.byok.platform.access.TokenVerifier;
import io.byok.platform.access.WidgetTokens;
import io.byok.platform.event.EventSealing;
import io.byok.platform.event.Opened;
import io.byok.platform.event.StoredEvent;
import io.byok.platform.web.Scopes;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.Lifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The servers that are compared, on one PostgreSQL, with the same users and the same secrets. */
final class ResolveSides implements AutoCloseable {

    private static final String SECRET = "sk-proj-" + "a1B2c3D4".repeat(6);
    private static final Provenance BY = Provenance.system("bench");

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final AnnotationConfigApplicationContext side = new AnnotationConfigApplicationContext();
    private final Path requests;

    private ResolveSides(int users) throws Exception {
        BenchDatabase database = keep(new BenchDatabase());
        keep(side::close);
        wire(database);
        TenantId tenant =
                ((Tenant.Active) side.getBean(Tenants.class).create("bench", BY).state()).id();
        NewToken text = NewToken.make();
        String token = text.exposeOnce();
        side.getBean(ApiTokens.class)
                .create(
                        text,
                        tenant,
                        "bench",
                        Set.of(Scopes.KEYS_RESOLVE),
                        null,
                        Confinement.NONE,
                        BY,
                        Optional.empty());
        for (int user = 0; user < users; user++) {
            BenchKeys.add(side, tenant, "user-" + user, SECRET);
        }
        requests = Files.createTempFile("byok-resolve-", ".requests");
        Files.writeString(requests, requests(token, users), StandardCharsets.ISO_8859_1);
        TokenVerifier tokens = keep(new TokenVerifier(
                side.getBean(TokenHasher.class),
                side.getBean(WidgetTokens.class),
                side.getBean(HikariDataSource.class),
                Clock.systemUTC()));
        keep(BenchPlanes.whole(side, tokens, port("ours")));
        keep(BenchPlanes.withoutLedger(side, tokens, port(ResolveBench.bare())));
        keep(new SqlPerRequest(database, port(ResolveBench.sql()), token, users, SECRET));
        Optional<Nginx> nginx = Nginx.start(port(ResolveBench.nginx()), "x".repeat(560));
        nginx.ifPresentOrElse(this::keep, () -> ports.remove(ResolveBench.nginx()));
    }

    static ResolveSides start(int users) throws Exception {
        return new ResolveSides(users);
    }

    private <C extends AutoCloseable> C keep(C one) {
        open.push(one);
        return one;
    }

    private int port(String name) throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            ports.put(name, free.getLocalPort());
            return free.getLocalPort();
        }
    }

    /** The command side's own wiring, without the listeners. */
    private void wire(BenchDatabase database) throws Exception {
        Path data = Files.createTempDirectory("byok-bench-");
        HikariDataSource pool = keep(database.morePool());
        side.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "bench",
                        Map.of(
                                "spring.datasource.url", database.engine().jdbcUrl(),
                                "spring.datasource.username", database.engine().username(),
                                "spring.datasource.password", database.engine().password(),
                                "byok.data-dir", data.toString())));
        side.registerBean(HikariDataSource.class, () -> pool);
        side.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        side.registerBean(DSLContext.class, () -> DSL.using(pool, SQLDialect.POSTGRES));
        side.getBeanFactory().setConversionService(ApplicationConversionService.getSharedInstance());
        side.scan("io.byok.command", "io.byok.platform.seal", "io.byok.platform.event", "io.byok.platform.access");
        side.addBeanFactoryPostProcessor(factory -> {
            for (String name : factory.getBeanNamesForType(Lifecycle.class, true, false)) {
                ((BeanDefinitionRegistry) factory).removeBeanDefinition(name);
            }
            for (String name : factory.getBeanDefinitionNames()) {
                factory.getBeanDefinition(name).setLazyInit(true);
            }
        });
        side.refresh();
    }

    private static String requests(String token, int users) {
        StringBuilder all = new StringBuilder();
        for (int user = 0; user < users; user++) {
            String body =
                    "{\"userId\":\"user-%d\",\"provider\":\"openai\",\"purpose\":\"answer the user\"}".formatted(user);
            all.append("POST /v1/resolve HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ")
                    .append(token)
                    .append("\r\nContent-Type: application/json\r\nContent-Length: ")
                    .append(body.length())
                    .append("\r\n\r\n")
                    .append(body)
                    .append('\0');
        }
        return all.toString();
    }

    Map<String, Integer> ports() {
        return ports;
    }

    Path requests() {
        return requests;
    }

    /** Every use in the log, opened. */
    long usesRecorded() {
        EventLog log = side.getBean(EventLog.class);
        EventSealing sealing = side.getBean(EventSealing.class);
        long uses = 0;
        long position = 0;
        for (List<StoredEvent> page = log.after(position, 500); !page.isEmpty(); page = log.after(position, 500)) {
            for (StoredEvent stored : page) {
                position = stored.position();
                if (sealing.open(stored.event()) instanceof Opened.Clear clear
                        && clear.envelope().event() instanceof UsesRecorded recorded) {
                    uses += recorded.uses().size();
                }
            }
        }
        return uses;
    }

    @Override
    public void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
