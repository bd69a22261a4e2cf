package io.byok.query;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/**
 * The whole read side. Needs a {@code DataSource}, a {@code DSLContext}, a {@code MeterRegistry}, an
 * {@link io.byok.platform.event.EventSealing}, a {@link io.byok.query.web.CursorKey}, and
 * {@code byok.kafka.bootstrap-servers}.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class QuerySide {}
