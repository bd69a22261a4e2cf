package io.byok.command.head;

import io.byok.platform.seal.LookupHash;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the heads. */
@Configuration(proxyBeanMethods = false)
class HeadConfiguration {

    @Bean
    KeyHeads keyHeads(DSLContext database) {
        return new KeyHeads(database);
    }

    @Bean
    ChainHeads chainHeads(DSLContext database) {
        return new ChainHeads(database);
    }

    @Bean
    Standings standings(DSLContext database, KeyHeads keys, ChainHeads chains) {
        return new Standings(database, keys, chains);
    }

    @Bean
    TenantGate tenantGate() {
        return new TenantGate();
    }

    @Bean
    SubjectRefs subjectRefs(DSLContext database, LookupHash hash) {
        return new SubjectRefs(database, hash);
    }

    @Bean
    IdempotencyRecords idempotencyRecords(DSLContext database, Clock clock) {
        return new IdempotencyRecords(database, clock);
    }

    /** Several nodes may forget at once: deleting what is deleted does nothing. */
    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService forgetting(IdempotencyRecords records) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("idempotency-forget").factory());
        timer.scheduleWithFixedDelay(records::forgetOldQuietly, 1, 60, TimeUnit.MINUTES);
        return timer;
    }
}
