package io.byok.query.audit;

import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the audit trail. */
@Configuration(proxyBeanMethods = false)
public class AuditReadConfiguration {

    @Bean
    AuditProjector auditProjector() {
        return new AuditProjector();
    }

    @Bean
    AuditReader auditReader(DSLContext jooq) {
        return new AuditReader(jooq);
    }
}
