package io.byok.command.usage;

import io.byok.command.bus.Ids;
import io.byok.command.head.TenantGate;
import io.byok.platform.event.EventSealing;
import io.byok.platform.seal.LookupHash;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the feature. */
@Configuration(proxyBeanMethods = false)
class UsageConfiguration {

    @Bean
    UsageBatches usageBatches(LookupHash hash, EventSealing sealing, Ids ids, TenantGate gate) {
        return new UsageBatches(hash, sealing, ids, gate);
    }
}
