package io.byok.standalone;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The application: what both sides stand on, and the sides this process runs. */
@SpringBootConfiguration
@EnableAutoConfiguration
@ComponentScan("io.byok.platform")
@Import({ByokServer.CommandSide.class, ByokServer.QuerySide.class})
public class ByokServer {

    @Configuration(proxyBeanMethods = false)
    @OnRole(Role.COMMAND)
    @ComponentScan("io.byok.command")
    static class CommandSide {}

    @Configuration(proxyBeanMethods = false)
    @OnRole(Role.QUERY)
    @ComponentScan("io.byok.query")
    static class QuerySide {}
}
