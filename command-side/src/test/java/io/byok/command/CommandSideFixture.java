package io.byok.command;

import com.zaxxer.hikari.HikariDataSource;
import io.byok.command.store.EventLog;
import io.byok.command.store.Recorder;
import io.byok.platform.web.page.PageWiring;
import io.byok.testkit.TestDatabase;
import io.byok.testkit.TestPostgres;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.Lifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * The command side's own wiring on a real database, without any listener: beans are made when a test asks for them. Two
 * fixtures on one database are two nodes.
 */
public final class CommandSideFixture implements AutoCloseable {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    public CommandSideFixture(TestDatabase database, Path dataDirectory) {
        this(database, dataDirectory, null);
    }

    /** @param recorder makes the second audit sink in place of the one of the settings */
    public CommandSideFixture(
            TestDatabase database, Path dataDirectory, @Nullable Function<EventLog, Recorder> recorder) {
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test",
                        Map.of(
                                "spring.datasource.url", database.jdbcUrl(),
                                "spring.datasource.username", database.username(),
                                "spring.datasource.password", database.password(),
                                "byok.data-dir", dataDirectory.toString())));
        context.registerBean(HikariDataSource.class, () -> pool(database));
        context.registerBean(DSLContext.class, () -> DSL.using(context.getBean(DataSource.class), SQLDialect.POSTGRES));
        context.getBeanFactory().setConversionService(ApplicationConversionService.getSharedInstance());
        context.registerBean(MeterRegistry.class, () -> new SimpleMeterRegistry());
        context.register(PageWiring.class);
        context.scan("io.byok.command", "io.byok.platform.access", "io.byok.platform.seal", "io.byok.platform.event");
        context.addBeanFactoryPostProcessor(factory -> {
            for (String name : factory.getBeanNamesForType(Lifecycle.class, true, false)) {
                ((BeanDefinitionRegistry) factory)
                        .removeBeanDefinition(name); // nothing listens, nothing runs by itself
            }
            if (recorder != null) {
                BeanDefinitionRegistry beans = (BeanDefinitionRegistry) factory;
                beans.removeBeanDefinition("recorder");
                beans.registerBeanDefinition(
                        "recorder",
                        new RootBeanDefinition(Recorder.class, () -> recorder.apply(factory.getBean(EventLog.class))));
            }
            for (String name : factory.getBeanDefinitionNames()) {
                factory.getBeanDefinition(name).setLazyInit(true);
            }
        });
        context.refresh();
    }

    private static HikariDataSource pool(TestDatabase database) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(database.jdbcUrl());
        pool.setUsername(database.username());
        pool.setPassword(database.password());
        return pool;
    }

    /** With every table there is. */
    public static TestDatabase freshDatabase() {
        return TestPostgres.freshDatabase(
                "filesystem:../infra/platform/src/main/resources/db/platform",
                "filesystem:src/main/resources/db/command");
    }

    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
