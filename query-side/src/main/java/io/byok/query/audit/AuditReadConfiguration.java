package io.byok.query.audit;

import io.byok.query.audit.tree.AuditTrees;
import io.byok.query.audit.tree.Blinds;
import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the audit trail. */
@Configuration(proxyBeanMethods = false)
public class AuditReadConfiguration {

    @Bean
    AuditProjector auditProjector(Blinds blinds) {
        return new AuditProjector(new AuditTrees(blinds));
    }

    @Bean
    AuditReader auditReader(DSLContext jooq) {
        return new AuditReader(jooq);
    }

    @Bean
    ReachReader auditReachReader(DSLContext jooq) {
        return new ReachReader(jooq);
    }
}
