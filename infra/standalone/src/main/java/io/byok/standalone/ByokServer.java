package io.byok.standalone;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.context.annotation.Import;

/**
 * The application: what both sides stand on, and the sides this process runs. Beans are named by their full class names:
 * both sides have a {@code KeyController}, and should.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@ComponentScan(basePackages = "io.byok.platform", nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@Import({ByokServer.CommandSide.class, ByokServer.QuerySide.class})
public class ByokServer {

    @Configuration(proxyBeanMethods = false)
    @OnRole(Role.COMMAND)
    @ComponentScan(basePackages = "io.byok.command", nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
    static class CommandSide {}

    @Configuration(proxyBeanMethods = false)
    @OnRole(Role.QUERY)
    @ComponentScan(basePackages = "io.byok.query", nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
    static class QuerySide {}
}
