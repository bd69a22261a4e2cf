package io.byok.standalone;

import java.util.Map;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.MapPropertySource;

/** Starts the Spring application with what the command line and the engines decided, which nothing overrides. */
final class ServerLaunch {

    private ServerLaunch() {}

    static ConfigurableApplicationContext run(Map<String, Object> properties) {
        silence();
        SpringApplication application = new SpringApplication(ByokServer.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false); // the order of the end is ServeCommand's
        application.addListeners(new Decided(properties));
        return application.run();
    }

    /** Libraries that would reconfigure our log, report to their makers or advertise. Their switches are global. */
    private static void silence() {
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE); // logback.xml stands since the engines
        System.setProperty("axoniq.update-checker.disabled", "true");
        System.setProperty("disable-axoniq-console-message", "true");
        SLF4JBridgeHandler.removeHandlersForRootLogger(); // or java.util.logging writes to the console
        SLF4JBridgeHandler.install();
    }

    private record Decided(Map<String, Object> properties)
            implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

        @Override
        public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
            event.getEnvironment().getPropertySources().addFirst(new MapPropertySource("byok start", properties));
        }

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE; // before the configuration files are read: they may refer to these
        }
    }
}
