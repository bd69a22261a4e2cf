package io.byok.command.head;

import io.byok.platform.seal.LookupHash;
import java.time.Clock;
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
    SubjectRefs subjectRefs(DSLContext database, LookupHash hash) {
        return new SubjectRefs(database, hash);
    }

    @Bean
    IdempotencyRecords idempotencyRecords(DSLContext database, Clock clock) {
        return new IdempotencyRecords(database, clock);
    }
}
