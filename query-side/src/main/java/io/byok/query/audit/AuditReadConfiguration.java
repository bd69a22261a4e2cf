package io.byok.query.audit;

import io.byok.platform.event.EventSealing;
import io.byok.query.audit.tree.AuditTrees;
import io.byok.query.audit.tree.Blinds;
import io.byok.query.replay.TenantHistory;
import io.byok.query.wall.TenantReads;
import javax.sql.DataSource;
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
    DiaryReader auditDiaryReader(AuditReader trail, DataSource database, EventSealing sealing) {
        return new DiaryReader(trail, new TenantHistory(database), sealing);
    }

    @Bean
    ReachReader auditReachReader(TenantReads reads) {
        return new ReachReader(reads.dsl());
    }
}
