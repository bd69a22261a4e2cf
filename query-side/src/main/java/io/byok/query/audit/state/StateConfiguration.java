package io.byok.query.audit.state;

import io.byok.platform.event.EventSealing;
import io.byok.query.replay.TenantHistory;
import io.byok.query.wall.TenantReads;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what was valid at a time. */
@Configuration(proxyBeanMethods = false)
public class StateConfiguration {

    @Bean
    StateReader auditStateReader(TenantReads reads, DataSource database, EventSealing sealing) {
        return new StateReader(reads.dsl(), new TenantHistory(database), sealing, InstantSource.system());
    }
}
