package io.byok.query.audit;

import io.byok.query.audit.tree.AuditTrees;
import io.byok.query.audit.tree.Blinds;
import io.byok.query.wall.TenantReads;
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
    AuditReader auditReader(TenantReads reads) {
        return new AuditReader(reads.dsl());
    }

    @Bean
    ReachReader auditReachReader(TenantReads reads) {
        return new ReachReader(reads.dsl());
    }
}
