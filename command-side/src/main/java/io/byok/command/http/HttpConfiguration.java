package io.byok.command.http;

import io.byok.command.head.IdempotencyRecords;
import io.byok.platform.seal.LookupHash;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires how commands answer. */
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

    @Bean
    Once once(IdempotencyRecords records, LookupHash hash) {
        return new Once(records, hash);
    }
}
